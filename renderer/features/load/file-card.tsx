import { useEffect, useRef } from 'react';
import type { DraftFileView } from '../../../shared/contract/drafts.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { ActionMenu, type MenuAction } from '../../components/menu.tsx';
import { Progress } from '../../components/progress.tsx';
import { fileTexts } from '../../texts/load-file.ts';
import { typeHeading } from '../../texts/records.ts';
import { FileCounts } from './file-counts.tsx';
import { offers } from './file-offers.ts';
import type { FilePartProps } from './file-props.ts';
import { readingWords } from './reading-words.ts';
import { useReading } from './use-reading.tsx';

const texts = fileTexts;
export const TYPE_ICONS = { books: 'book', students: 'person', checkouts: 'swap' } as const satisfies Record<
  string,
  IconName
>;

/** A file at a glance: what it is, what is wrong with it, how it is read, and what can be done with it. */
export function FileCard({
  draft,
  file,
  place,
  isChosen,
  onChoose,
  onSheet,
  onDraft,
}: FilePartProps & {
  /** In the order of loading, from 1; null: not loaded. */
  place: number | null;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const reading = useReading(draft, file, onDraft);
  const { fileNo, name, type, state } = file;
  const locked = draft.loading !== null;
  const card = useRef<HTMLLIElement>(null);
  // Where the cards stand in a row, the chosen one may be out of sight.
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isChosen]);

  const sheet = (kind: 'columns' | 'reading' | 'doctor', words: string): MenuAction[] =>
    offers(file, kind) ? [{ id: kind, words, run: () => onSheet({ kind, fileNo }) }] : [];
  const actions: MenuAction[] = locked
    ? sheet('doctor', texts.actions.doctorLong)
    : [
        ...sheet('columns', texts.actions.columnsLong),
        ...sheet('reading', texts.actions.readingLong),
        ...sheet('doctor', texts.actions.doctorLong),
        ...(state === 'opening' ? [] : RECORD_TYPES.filter((other) => other !== type)).map((other) => ({
          id: other,
          words: texts.readAs(typeHeading(other)),
          run: () => void reading.read({ type: other }),
        })),
        {
          id: 'remove',
          words: texts.actions.remove,
          danger: true,
          run: () => onSheet({ kind: 'remove', fileNo }),
        },
      ];

  return (
    <li ref={card} className="file-card" data-chosen={isChosen || undefined} data-state={state}>
      <span className="file-place" aria-hidden="true">
        {place ?? '–'}
      </span>
      <button type="button" className="file-name" aria-current={isChosen || undefined} onClick={onChoose}>
        {name}
      </button>
      {actions.length > 0 && <ActionMenu label={texts.more(name)} actions={actions} />}
      <div className="file-card-words">
        <p className="file-type">
          {type !== null && <Icon name={TYPE_ICONS[type]} />}
          <span>
            {type === null ? texts.unknownType : typeHeading(type)}
            {state !== 'failed' && file.rows > 0 && <span className="soft"> · {texts.rows(file.rows)}</span>}
          </span>
        </p>
        <CardState file={file} />
        {file.reading !== null && <p className="soft file-reading">{readingWords(file.reading)}</p>}
      </div>
      {reading.dialog}
    </li>
  );
}

function CardState({ file }: { file: DraftFileView }) {
  const { state, name, bytes, bytesChecked, dateOrders, damage } = file;
  if (state === 'failed')
    return (
      <p className="mark" data-tone="bad">
        <Icon name="alert" /> {texts.states.failed}
      </p>
    );
  if (state !== 'checked') {
    const share = state === 'opening' || bytes === 0 ? null : bytesChecked / bytes;
    return (
      <div className="file-progress">
        <Progress label={texts.progress(name)} share={share} />
        <span className="soft">{share === null ? texts.states.opening : texts.checkingShare(share)}</span>
      </div>
    );
  }
  return (
    <div className="file-card-state">
      <FileCounts file={file} />
      {dateOrders.length > 0 && (
        <p className="mark" data-tone="warn">
          <Icon name="alert" /> {texts.toAsk}
        </p>
      )}
      {damage > 0 && (
        <p className="mark" data-tone="warn">
          <Icon name="doctor" /> {texts.damage(damage)}
        </p>
      )}
    </div>
  );
}
