import type { SampleProject } from './sample-task.ts';

export const WORK: SampleProject = {
  name: 'Work',
  color: 'indigo',
  favourite: true,
  tasks: [
    { title: 'Stand-up', day: 1, time: '09:15', minutes: 15, repeat: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' },
    { title: 'Weekly review', day: 2, time: '16:00', minutes: 45, repeat: 'FREQ=WEEKLY;BYDAY=FR', priority: 3 },
    { title: 'Expense report', day: -4, deadline: 2, priority: 2, labels: ['computer'], minutes: 30 },
    { title: 'Answer the data protection request', day: 0, priority: 1, labels: ['computer'] },
  ],
  sections: [
    {
      name: 'Meetings',
      tasks: [
        {
          title: 'One-to-one with Anna',
          day: 0,
          time: '11:00',
          minutes: 30,
          notes: '- feedback on the offer\n- holidays\n- conference budget',
        },
        { title: 'Budget meeting', day: 1, time: '10:00', minutes: 60, priority: 2 },
        {
          title: 'Prepare slides for the quarterly review',
          day: 3,
          deadline: 4,
          minutes: 120,
          labels: ['computer'],
          subtasks: ['Numbers', 'Story', 'Rehearse once'],
        },
        { title: 'Lunch with the new team', day: 5, time: '12:30', minutes: 60 },
        { title: 'Retrospective', done: 2, minutes: 60 },
        { title: 'Customer call with Nordlicht', done: 5, labels: ['calls'] },
      ],
    },
    {
      name: 'Backlog',
      tasks: [
        { title: 'Write the handbook page on releases', labels: ['computer'], priority: 3 },
        { title: 'Clean up old branches', labels: ['computer'] },
        { title: 'Compare two payroll providers', deadline: 18, labels: ['waiting'] },
        { title: 'Order a second monitor', labels: ['computer'] },
        { title: 'Describe the backup routine', minutes: 45, deadline: 25 },
        { title: 'Ask for quotes: new office chairs', labels: ['calls'] },
        { title: 'Archive last year’s contracts' },
        { title: 'Update the on-call list', done: 4 },
        { title: 'Renew the certificate of the mail server', done: 13 },
      ],
    },
  ],
};

export const WEBSITE: SampleProject = {
  name: 'Website relaunch',
  color: 'sky',
  below: 'Work',
  layout: 'board',
  tasks: [],
  sections: [
    {
      name: 'To do',
      tasks: [
        { title: 'Write the texts for “About us”', deadline: 12, minutes: 180 },
        { title: 'Cookie notice without cookies', priority: 3 },
        { title: 'Redirects from the old addresses', labels: ['computer'], priority: 2 },
        { title: 'Photos of the team', day: 7, labels: ['calls'] },
        { title: 'Alt texts for all pictures', minutes: 90 },
        { title: 'Newsletter sign-up' },
        { title: 'Search that forgives typing errors', priority: 3 },
        { title: 'Print style sheet', labels: ['someday'] },
        { title: 'Error pages with character', labels: ['someday'] },
      ],
    },
    {
      name: 'Doing',
      wipLimit: 3,
      tasks: [
        {
          title: 'Contrast and keyboard check',
          day: 0,
          priority: 2,
          labels: ['computer'],
          subtasks: [{ title: 'Start page', done: 1 }, 'Price list', 'Contact form', 'Footer'],
          comments: ['The price list fails in dark mode: grey on grey.'],
        },
        { title: 'Price list as data', day: 1, priority: 2, minutes: 120 },
        { title: 'Speed on slow phones', day: 2, notes: 'Target: first paint under **1.8 s** on a slow connection.' },
      ],
    },
    {
      name: 'Review',
      tasks: [
        {
          title: 'Imprint and privacy page',
          labels: ['waiting'],
          deadline: 8,
          comments: ['With the lawyer until Friday.'],
        },
        { title: 'Icon set', day: 0, labels: ['waiting'] },
      ],
    },
    {
      name: 'Done',
      tasks: [
        { title: 'Choose the typeface', done: 3 },
        { title: 'Move the domain', done: 6, priority: 1 },
        { title: 'Site map', done: 9 },
        { title: 'Interviews with five customers', done: 15 },
      ],
    },
  ],
};

export const HIRING: SampleProject = {
  name: 'Hiring',
  color: 'violet',
  below: 'Work',
  tasks: [
    { title: 'Job advert for the support role', day: 0, deadline: 3, priority: 2, minutes: 60 },
    {
      title: 'Interview Priya',
      day: 2,
      time: '15:00',
      minutes: 60,
      notes: 'Questions in the shared folder. Ask about weekend shifts.',
    },
    { title: 'Interview Lukas', day: 3, time: '11:30', minutes: 60 },
    { title: 'Send the offer to Hanna', day: -1, priority: 1, labels: ['calls'] },
    { title: 'Check references', labels: ['calls', 'waiting'] },
    { title: 'Plan the first week', day: 10, subtasks: ['Laptop and accounts', 'Lunch buddy', 'First small task'] },
    { title: 'Thank everybody who applied', deadline: 14, labels: ['computer'] },
    { title: 'Agree on the salary range', done: 4 },
    { title: 'Shortlist', done: 2 },
  ],
};

export const READING: SampleProject = {
  name: 'Reading list',
  color: 'teal',
  tasks: [
    { title: 'The Left Hand of Darkness', day: 0, evening: true, minutes: 30 },
    { title: 'The Dispossessed' },
    { title: 'A Pattern Language', notes: 'Start with the chapter on *light from two sides*.' },
    { title: 'Thinking in Systems' },
    { title: 'Seeing Like a State' },
    { title: 'How Buildings Learn', labels: ['someday'] },
    { title: 'The Design of Everyday Things' },
    { title: 'Local-first software', labels: ['computer'], notes: 'https://www.inkandswitch.com/local-first/' },
    { title: 'Return the library books', day: -2, deadline: 1, labels: ['errand'], priority: 2 },
    { title: 'The Summer Book', done: 6 },
    { title: 'Piranesi', done: 16 },
  ],
};

export const TRAVEL: SampleProject = {
  name: 'Trip to Lisbon',
  color: 'coral',
  tasks: [{ title: 'Check in', day: 19, time: '08:00', labels: ['computer'] }],
  sections: [
    {
      name: 'Before',
      tasks: [
        { title: 'Book the night train', day: 0, priority: 1, deadline: 2, labels: ['computer'] },
        { title: 'Ask Jonas to feed the cat', day: 4, labels: ['calls'] },
        { title: 'Download the map for offline use', day: 17, labels: ['computer'] },
        { title: 'Travel insurance', deadline: 9, labels: ['computer'] },
        { title: 'Learn twenty words of Portuguese', day: 1, evening: true, minutes: 15, repeat: 'FREQ=DAILY' },
        { title: 'Agree on the dates', done: 8 },
        { title: 'Find a flat in Graça', done: 3, comments: ['Third floor, no lift, but what a view.'] },
      ],
    },
    {
      name: 'Pack',
      tasks: [
        {
          title: 'Pack the small suitcase',
          day: 19,
          subtasks: ['Passport', 'Charger and adapter', 'Rain jacket', 'Book for the train', 'Swimwear'],
        },
      ],
    },
    {
      name: 'There',
      tasks: [
        { title: 'Tile museum', day: 21 },
        { title: 'Tram 28, early', day: 22, time: '07:30' },
        { title: 'Pastéis in Belém', day: 22 },
        { title: 'Day by the sea in Cascais', day: 23 },
        { title: 'Fado evening', day: 23, evening: true, labels: ['someday'] },
      ],
    },
  ],
};
