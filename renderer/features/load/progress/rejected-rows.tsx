import { useEffect, useRef, useState } from 'react';
import type { DraftFileView, DraftView } from '../../../../shared/contract/drafts.ts';
import { Button } from '../../../components/button.tsx';
import { ActionMenu } from '../../../components/menu.tsx';
import { useContract } from '../../../lib/contract-context.tsx';
import { failureOf } from '../../../lib/failure.ts';
import { fetchExport } from '../../../lib/fetch-export.ts';
import { usePage } from '../../../lib/page-context.tsx';
import { saveBlob } from '../../../lib/save-file.ts';
import { reportTexts } from '../../../texts/report.ts';

const texts = reportTexts.rejectedRows;

/** Rows that were not loaded and stay open in the draft: to be mended here, or saved and mended elsewhere. */
export function RejectedRows({ draft, onFix }: { draft: DraftView; onFix: (fileNo: number) => void }) {
  const files = draft.files.filter(({ rejected }) => rejected > 0);
  if (files.length === 0) return null;
  return (
    <section className="rejected-rows no-print">
      <h2>{texts.title}</h2>
      <p>{texts.text(files.reduce((sum, { rejected }) => sum + rejected, 0))}</p>
      <ul>
        {files.map((file) => (
          <li key={file.fileNo} className="rejected-file">
            <span className="rejected-file-name">{texts.file(file.name, file.rejected)}</span>
            <Button look="primary" onPress={() => onFix(file.fileNo)}>
              {texts.fix}
            </Button>
            <SaveRejected draftId={draft.draftId} file={file} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Null: nothing is being fetched. `share` null: it is being written. */
type Fetching = { share: number | null } | null;

function SaveRejected({ draftId, file }: { draftId: string; file: DraftFileView }) {
  const contract = useContract();
  const { say } = usePage();
  const [fetching, setFetching] = useState<Fetching>(null);
  const stop = useRef<AbortController | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => () => stop.current?.abort(), []);

  async function save(format: 'csv' | 'xlsx'): Promise<void> {
    if (stop.current !== null) return;
    const own = new AbortController();
    stop.current = own;
    setFetching({ share: null });
    try {
      const found = await fetchExport(
        contract,
        { draftId, fileNo: file.fileNo, format },
        (share) => setFetching({ share }),
        own.signal,
      );
      if (found === null) say(texts.nothing(file.name));
      else {
        saveBlob(found.name, found.blob);
        say(texts.saved(found.name));
      }
    } catch (thrown) {
      if (own.signal.aborted) say(texts.stopped);
      else {
        const { message, hint } = failureOf(thrown);
        say(`${texts.failed(file.name)}: ${message} ${hint}`, 'bad');
      }
    }
    stop.current = null;
    // Stop goes now, and must not take the focus along.
    if (box.current?.contains(document.activeElement)) box.current.querySelector('button')?.focus();
    setFetching(null);
  }

  return (
    <div className="rejected-save" ref={box}>
      <ActionMenu
        label={texts.saveNamed(file.name)}
        icon="load"
        words={texts.save}
        isBusy={fetching !== null}
        actions={[
          { id: 'xlsx', words: texts.workbook, run: () => void save('xlsx') },
          { id: 'csv', words: texts.csv, run: () => void save('csv') },
        ]}
      />
      {fetching !== null && (
        <>
          <span className="soft">
            {fetching.share === null
              ? texts.preparing(file.name)
              : texts.fetching(file.name, Math.floor(fetching.share * 100))}
          </span>
          <Button onPress={() => stop.current?.abort()}>{texts.stop}</Button>
        </>
      )}
    </div>
  );
}
