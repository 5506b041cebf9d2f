import type { Page } from 'playwright-core';

/** Holds files of these names over the window, as a desktop does, and lets go of them if told to. */
export async function dragFiles(page: Page, names: readonly string[], drop: boolean): Promise<void> {
  await page.evaluate(
    ({ fileNames, drops }) => {
      const dataTransfer = new DataTransfer();
      for (const name of fileNames) dataTransfer.items.add(new File(['a,b\n'], name));
      const target = document.querySelector('main') ?? document.body;
      for (const type of ['dragenter', 'dragover', ...(drops ? ['drop'] : [])])
        target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    },
    { fileNames: [...names], drops: drop },
  );
}

/** Pastes a text on the screen itself. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData });
    document.body.dispatchEvent(event);
  }, text);
}
