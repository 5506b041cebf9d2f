// Takes the place of out/main/backend.js: says what a file tells it to say, and writes down what it hears. The file
// is any that the application is given: one JSON notice a line.
import { appendFileSync, readFileSync } from 'node:fs';

const { parentPort } = process;
parentPort.on('message', ({ data }) => {
  if (data.kind === 'page-message') return;
  appendFileSync(process.env.HEARD_FILE, `${JSON.stringify(data)}\n`);
  if (data.kind !== 'file-chosen') return;
  for (const line of readFileSync(data.path, 'utf8').split('\n'))
    if (line !== '') parentPort.postMessage(JSON.parse(line));
});
