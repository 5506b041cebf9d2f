import type { Locator, Page } from 'playwright-core';

/** Parts of a profile by the names they have on the screen, which the tabs and the test have in common. */
export const PARTS = ['Postgres', 'Kafka', 'OpenAI', 'Vector store'] as const;
export type Part = (typeof PARTS)[number];

/** What the screen shows of one part after a test. */
export interface PartReport {
  /** In the words of the screen, such as `Works`. */
  state: string;
  version: string | null;
  facts: string[];
  problems: ProblemReport[];
}

export interface ProblemReport {
  message: string;
  hint: string;
  /** What goes beyond words: for whom it is, and what is to be typed. */
  fix: { title: string; lines: string } | null;
}

export type TestReport = Readonly<Record<Part, PartReport>>;

/** Longer than the slowest part takes to give up by itself. */
const TEST_MS = 30_000;

/** Has the `.env` read by the page, as a person who chooses the file. Ends on the new profile. */
export async function importEnv(page: Page, name: string, kind: string, file: string): Promise<void> {
  await page.getByRole('link', { name: 'Profiles' }).first().click();
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByRole('link', { name: 'From a .env file' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await choose(page.locator('body'), 'What it is for', kind);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await (await chooser).setFiles(file);
  await page.getByText('Chosen: ').waitFor();
  await page.getByRole('button', { name: 'Import' }).click();
  const done = page.getByRole('link', { name: 'Open the profile' });
  // Where the system keeps no secrets encrypted, the desktop asks first.
  const consent = page.getByRole('button', { name: 'Keep it all the same' });
  await done.or(consent).waitFor();
  if (await consent.isVisible()) await consent.click();
  await done.click();
  await page.getByRole('tab', { name: 'General' }).waitFor();
}

/** One section of the profile that is open, brought to the front. */
export async function section(page: Page, name: Part | 'General'): Promise<Locator> {
  await page.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

export async function enter(panel: Locator, label: string, text: string): Promise<void> {
  await panel.getByLabel(label, { exact: true }).fill(text);
}

export async function choose(panel: Locator, group: string, option: string): Promise<void> {
  await panel.getByRole('radiogroup', { name: group }).getByText(option, { exact: true }).click();
}

/** Enters a secret anew, whether there was one or not. */
export async function enterSecret(panel: Locator, label: string, text: string): Promise<void> {
  const field = panel.getByLabel(label, { exact: true });
  const replace = panel.getByRole('button', { name: `${label}: replace` });
  await field.and(panel.locator('input, textarea')).or(replace).first().waitFor();
  if (await replace.isVisible()) await replace.click();
  await field.fill(text);
}

export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });
}

/** Presses the button that tests, saving first what was changed, and reads the screen when every part is done. */
export async function testConnection(page: Page): Promise<TestReport> {
  // Of an earlier run: each part shows its time anew when it is done anew.
  await page.evaluate(() => {
    for (const time of document.querySelectorAll('.test-time')) time.setAttribute('data-earlier', '');
  });
  await page.getByRole('button', { name: /^(Test connection|Save and test)$/ }).click();
  await page.waitForFunction(
    (count) =>
      document.querySelectorAll('.test-part .test-time:not([data-earlier])').length === count &&
      document.querySelector('.test-part[data-state="running"], .test-time[data-earlier]') === null,
    PARTS.length,
    { timeout: TEST_MS },
  );
  return read(page);
}

async function read(page: Page): Promise<TestReport> {
  const parts = await page.evaluate(() => {
    const text = (within: Element, selector: string): string | null =>
      within.querySelector(selector)?.textContent ?? null;
    return [...document.querySelectorAll('.test-part')].map((part) => ({
      name: text(part, 'h3'),
      state: text(part, '.test-state') ?? '',
      version: text(part, '.test-line .soft'),
      facts: [...part.querySelectorAll('.test-facts li')].map((fact) => fact.textContent ?? ''),
      problems: [...part.querySelectorAll('.test-problem')].map((problem) => {
        const title = text(problem, '.fix h4');
        const words = [...problem.querySelectorAll('.test-words')].map((each) => each.textContent ?? '');
        const lines = [...problem.querySelectorAll('.fix .code-text')].at(-1)?.textContent ?? '';
        return {
          message: words[0] ?? '',
          hint: words[1] ?? '',
          fix: title === null ? null : { title, lines },
        };
      }),
    }));
  });
  const of = (name: Part): PartReport => {
    const found = parts.find((part) => part.name === name);
    if (found === undefined) throw new Error(`The screen shows no result of ${name}.`);
    const { name: _, ...report } = found;
    return report;
  };
  return {
    Postgres: of('Postgres'),
    Kafka: of('Kafka'),
    OpenAI: of('OpenAI'),
    'Vector store': of('Vector store'),
  };
}
