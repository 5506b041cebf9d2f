// Loaded with `node --import` into a utility process: gives it what Electron gives it.
import { EventEmitter } from 'node:events';

const port = new EventEmitter();
process.on('message', (data) => port.emit('message', { data, ports: [] }));
// Electron ends its utility processes with itself.
process.on('disconnect', () => process.exit(0));

Object.assign(process, {
  type: 'utility',
  parentPort: Object.assign(port, {
    start() {},
    postMessage(message: unknown) {
      process.send?.(message);
    },
  }),
});
