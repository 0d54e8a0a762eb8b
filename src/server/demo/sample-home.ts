import type { SampleProject, SampleTask } from './sample-task.ts';

export const SAMPLE_INBOX: readonly SampleTask[] = [
  { title: 'Reply to Sam about the weekend', priority: 2 },
  { title: 'Idea: shared calendar for the football trips' },
  { title: 'Look up opening hours of the recycling yard', labels: ['errand'] },
  { title: 'Podcast that Mia recommended', notes: 'The one about **night trains**, episode 42 or 43.' },
  { title: 'Ask the dentist about the invoice', labels: ['calls'], day: 0 },
  { title: 'Return the borrowed drill to Jonas', labels: ['errand'], day: 1 },
  { title: 'Sort the photos from the summer', labels: ['someday'] },
  { title: 'Press ? to see every keyboard shortcut', done: 1 },
];

export const HOME: SampleProject = {
  name: 'Home',
  color: 'amber',
  favourite: true,
  tasks: [
    { title: 'Pay the rent', day: 9, priority: 1, repeat: 'FREQ=MONTHLY;BYMONTHDAY=1' },
    { title: 'Water the plants', day: 0, repeat: 'FREQ=DAILY;INTERVAL=3' },
    { title: 'Take out the paper bin', day: 0, evening: true, repeat: 'FREQ=WEEKLY;INTERVAL=2' },
    { title: 'Change the bed linen', day: 2, repeat: 'FREQ=WEEKLY', minutes: 20 },
    { title: 'Descale the coffee machine', day: -3, repeat: 'FREQ=MONTHLY', minutes: 30 },
  ],
  sections: [
    {
      name: 'Repairs',
      tasks: [
        {
          title: 'Fix the dripping kitchen tap',
          day: 0,
          priority: 2,
          minutes: 45,
          notes: 'Cartridge size is **35 mm**. Turn off the valve under the sink first.',
          subtasks: [
            { title: 'Buy a new cartridge', labels: ['errand'], done: 1 },
            'Replace the cartridge',
            'Check the seal after a day',
          ],
          comments: ['The shop on Mill Street has the cartridge in stock.'],
        },
        { title: 'Call the landlord about the cellar door', labels: ['calls', 'waiting'], day: -1, priority: 2 },
        { title: 'Replace the smoke detector batteries', day: 4, labels: ['errand'] },
        { title: 'Tighten the loose handrail', labels: ['someday'] },
        { title: 'Paint over the scratch in the hallway', labels: ['someday'] },
        { title: 'Bleed the radiators', done: 6 },
        { title: 'Replace the hallway bulb', done: 11 },
      ],
    },
    {
      name: 'Shopping',
      tasks: [
        {
          title: 'Weekly groceries',
          day: 1,
          time: '18:00',
          labels: ['errand'],
          repeat: 'FREQ=WEEKLY',
          subtasks: ['Bread', 'Oat milk', 'Tomatoes', 'Coffee beans', 'Dishwasher tabs'],
        },
        { title: 'New light for the bike', labels: ['errand'], deadline: 5 },
        { title: 'Birthday present for Mia', day: 3, deadline: 6, priority: 2, labels: ['errand'] },
        { title: 'Compare dishwashers', minutes: 60, labels: ['computer', 'someday'] },
        { title: 'Lamp for the reading corner', labels: ['someday'] },
        { title: 'Order printer paper', done: 3, labels: ['computer'] },
        { title: 'Winter tyres', done: 14, labels: ['errand'] },
      ],
    },
    {
      name: 'Paperwork',
      tasks: [
        {
          title: 'Tax return',
          deadline: 21,
          priority: 1,
          minutes: 240,
          labels: ['computer'],
          subtasks: [{ title: 'Collect receipts', done: 2 }, 'Bank statements', 'Fill in the form', 'Send it'],
        },
        {
          title: 'Renew the passport',
          deadline: 40,
          labels: ['errand'],
          notes: 'Needs a photo that is less than six months old.',
        },
        { title: 'Cancel the old phone contract', deadline: 2, priority: 1, labels: ['calls'] },
        { title: 'Scan the insurance papers', labels: ['computer'], day: 6 },
        { title: 'Update the emergency contacts', done: 9 },
      ],
    },
  ],
};

export const GARDEN: SampleProject = {
  name: 'Garden',
  color: 'fern',
  below: 'Home',
  tasks: [
    { title: 'Plant garlic', day: 2, minutes: 30 },
    { title: 'Rake the leaves', day: 0, minutes: 60, priority: 3 },
    { title: 'Protect the roses from frost', day: 5, deadline: 10 },
    { title: 'Clean the bird feeder', day: -2, repeat: 'FREQ=WEEKLY;INTERVAL=2' },
    { title: 'Sharpen the secateurs' },
    { title: 'Turn the compost', day: 6, minutes: 30 },
    {
      title: 'Repair the cold frame',
      labels: ['someday'],
      subtasks: ['Measure the glass', 'Order the glass', 'New hinges'],
    },
    { title: 'Order seeds for spring', labels: ['computer', 'someday'] },
    { title: 'Drain the rain barrel', done: 4 },
    { title: 'Bring the lemon tree inside', done: 8 },
  ],
};

export const HEALTH: SampleProject = {
  name: 'Health',
  color: 'ruby',
  tasks: [
    { title: 'Run 5 km', day: 0, time: '07:00', minutes: 35, repeat: 'FREQ=WEEKLY;BYDAY=TU,TH,SU' },
    { title: 'Stretch', day: 0, evening: true, minutes: 10, repeat: 'FREQ=DAILY' },
    {
      title: 'Dentist',
      day: 2,
      time: '14:00',
      minutes: 45,
      notes: 'Dr. Lang, second floor. Bring the insurance card.',
    },
    { title: 'Book an eye test', labels: ['calls'], day: 1 },
    { title: 'Vitamin D', day: 0, repeat: 'FREQ=DAILY' },
    { title: 'Swim', day: 4, time: '18:30', minutes: 60 },
    { title: 'Meal plan for the week', day: 3, minutes: 20, repeat: 'FREQ=WEEKLY;BYDAY=SU' },
    { title: 'Physiotherapy', day: 1, time: '17:15', minutes: 30 },
    { title: 'Refill the prescription', deadline: 4, labels: ['calls'] },
    { title: 'Try the climbing hall with Ben', labels: ['someday'] },
    { title: 'Flu vaccination', done: 5 },
    { title: 'Blood test', done: 12 },
    { title: 'Run 4 km', done: 2 },
    { title: 'Run 6 km', done: 7 },
  ],
};

export const FAMILY: SampleProject = {
  name: 'Family',
  color: 'orchid',
  tasks: [
    { title: 'Call grandma', day: 0, evening: true, labels: ['calls'], repeat: 'FREQ=WEEKLY;BYDAY=SU' },
    { title: 'Parents’ evening at school', day: 3, time: '19:00', minutes: 90 },
    { title: 'Sign the form for the class trip', deadline: 1, priority: 1 },
    { title: 'Pick up the cake', day: 6, time: '10:30', labels: ['errand'] },
    {
      title: 'Plan Mia’s birthday party',
      day: 1,
      deadline: 6,
      priority: 2,
      subtasks: [
        { title: 'Guest list', done: 3 },
        { title: 'Invitations', done: 2 },
        'Games',
        'Cake',
        'Lanterns for the garden',
      ],
      comments: ['Twelve children, two of them vegetarian.', 'The neighbours lend us the long table.'],
    },
    { title: 'Book the cabin for February', day: 8, labels: ['computer'] },
    { title: 'Board game evening with the neighbours', day: 7, time: '19:30' },
    { title: 'New shoes for Tom', day: 5, labels: ['errand'] },
    { title: 'Photo book for the grandparents', deadline: 30, labels: ['computer'] },
    { title: 'Swimming lesson: sign up', done: 1 },
    { title: 'Carnival costumes', labels: ['someday'] },
    { title: 'Repair the scooter', done: 10 },
  ],
};
