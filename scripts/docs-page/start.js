window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // The token stays in memory, as in the web app.
  persistAuthorization: false,
  // The validator is a public server; this page asks nobody but Tend.
  validatorUrl: null,
});
