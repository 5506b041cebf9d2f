import { EventEmitter } from 'node:events';

type InvokeHandler = (event: unknown, ...args: unknown[]) => unknown;

/** Electron's ipcMain. `_invokeHandlers` is Electron's own, undocumented name: specs look at it in both kinds. */
export class IpcMain extends EventEmitter {
  readonly _invokeHandlers = new Map<string, InvokeHandler>();

  handle(channel: string, handler: InvokeHandler): void {
    if (this._invokeHandlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this._invokeHandlers.set(channel, handler);
  }
  removeHandler(channel: string): void {
    this._invokeHandlers.delete(channel);
  }

  async receive(kind: 'send' | 'invoke', event: object, channel: string, args: unknown[]): Promise<unknown> {
    if (kind === 'send') {
      this.emit(channel, event, ...args);
      return undefined;
    }
    const handler = this._invokeHandlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(event, ...args));
  }
}
