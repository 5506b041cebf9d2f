/** An event whose default action a listener may prevent, as Electron's are. */
export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<D extends object>(details: D): D & Preventable {
  let prevented = false;
  return Object.defineProperties({ ...details } as D & Preventable, {
    defaultPrevented: { get: () => prevented },
    preventDefault: {
      value: () => {
        prevented = true;
      },
    },
  });
}
