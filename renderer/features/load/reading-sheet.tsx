import { useCallback } from 'react';
import type { DraftFileView } from '../../../shared/contract/drafts.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { Select } from '../../components/select.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { useAnswer } from '../../lib/use-answer.ts';
import { fileTexts } from '../../texts/load-file.ts';
import type { FileSheetProps } from './file-props.ts';
import { delimiterWords, encodingWords } from './reading-words.ts';
import { specialWords } from './special-words.ts';
import { useReading } from './use-reading.tsx';

const texts = fileTexts.reading;
const AGAIN = 'again';
/** Rows in which words with special letters are looked for: as many as one answer may hold. */
const ROWS = 500;

/** Encoding, sign between the cells, sheet and headings of a file. Each change counts at once. */
export function ReadingSheet({ draft, file, onDraft, onClose }: FileSheetProps) {
  const reading = useReading(draft, file, onDraft);
  const now = file.reading;
  const isWorkbook = now !== null && now.sheet !== null;
  return (
    <>
      <Dialog
        title={texts.title(file.name)}
        isOpen
        onClose={onClose}
        actions={
          <Button look="primary" onPress={onClose}>
            {texts.done}
          </Button>
        }
      >
        <p className="soft">{texts.lead}</p>
        {reading.failure !== null && <FailureBanner title={texts.failed} failure={reading.failure} />}
        {isWorkbook ? (
          <Select
            label={texts.sheet}
            value={now.sheet}
            groups={[{ title: null, options: now.sheets.map((name) => ({ value: name, words: name })) }]}
            isDisabled={reading.busy}
            onChange={(sheet) => void reading.read({ sheet })}
          />
        ) : (
          <>
            <Select
              label={texts.encoding}
              value={now?.encoding.toLowerCase() ?? null}
              groups={encodingGroups(now?.encoding ?? null)}
              hint={now === null || now.encodingSure ? texts.encodingSure : texts.encodingGuessed}
              isDisabled={reading.busy}
              onChange={(encoding) => void reading.read({ encoding: encoding === AGAIN ? null : encoding })}
            />
            {file.state !== 'failed' && <Words draftId={draft.draftId} file={file} />}
            <Select
              label={texts.delimiter}
              value={now?.delimiter ?? null}
              groups={delimiterGroups(now?.delimiter ?? null)}
              isDisabled={reading.busy}
              onChange={(delimiter) =>
                void reading.read({ delimiter: delimiter === AGAIN ? null : delimiter })
              }
            />
          </>
        )}
        <Choice
          label={texts.header}
          value={now?.header === false ? 'no' : 'yes'}
          options={[
            { value: 'yes', words: texts.headerYes },
            { value: 'no', words: texts.headerNo },
          ]}
          hint={now?.header === false ? texts.headerNoHint : undefined}
          onChange={(value) => void reading.read({ header: value === 'yes' })}
        />
      </Dialog>
      {reading.dialog}
    </>
  );
}

/** Words by whose letters a person sees whether the encoding is right. */
function Words({ draftId, file }: { draftId: string; file: DraftFileView }) {
  const contract = useContract();
  const { fileNo, reading, state } = file;
  const { answer } = useAnswer(
    // biome-ignore lint/correctness/useExhaustiveDependencies: another reading gives other words
    useCallback(
      async (signal: AbortSignal) => {
        const input = { draftId, fileNo, from: 1, count: ROWS };
        const { rows } = await contract.request('drafts.rows', input, { signal });
        return specialWords(rows.flatMap(({ cells }) => cells));
      },
      [contract, draftId, fileNo, reading?.encoding, state],
    ),
  );
  if (answer.kind === 'failed') return null;
  const words = answer.kind === 'ready' ? answer.value : null;
  return (
    <div className="special-words" role="status">
      <p className="label">{texts.words}</p>
      {words === null ? (
        <p className="soft small">{texts.wordsReading}</p>
      ) : words.length === 0 ? (
        <p className="soft small">{texts.noWords}</p>
      ) : (
        <ul>
          {words.map((word) => (
            <li key={word} className="special-word">
              {word}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function encodingGroups(now: string | null) {
  const known = texts.encodings.map(({ value, words, hint }) => ({
    value: value as string,
    words,
    hint: hint as string,
  }));
  const other = now === null || known.some(({ value }) => value === now.toLowerCase());
  return [
    {
      title: null,
      options: [...known, ...(other ? [] : [{ value: now.toLowerCase(), words: encodingWords(now) }])],
    },
    { title: null, options: [{ value: AGAIN, words: texts.encodingAgain }] },
  ];
}

function delimiterGroups(now: string | null) {
  const known = texts.delimiters.map(({ value, words, hint }) => ({
    value: value as string,
    words: words as string,
    ...(hint === '' ? {} : { hint: hint as string }),
  }));
  const other = now === null || known.some(({ value }) => value === now);
  return [
    { title: null, options: [...known, ...(other ? [] : [{ value: now, words: delimiterWords(now) }])] },
    { title: null, options: [{ value: AGAIN, words: texts.delimiterAgain }] },
  ];
}
