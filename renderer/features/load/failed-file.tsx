import type { ReactNode } from 'react';
import type { DraftFileView } from '../../../shared/contract/drafts.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { fileTexts } from '../../texts/load-file.ts';
import { typeHeading } from '../../texts/records.ts';
import { TYPE_ICONS } from './file-card.tsx';
import type { FilePartProps } from './file-props.ts';
import { useReading } from './use-reading.tsx';

const texts = fileTexts.failed;

const MENDS = ['type', 'header', 'columns', 'reading', 'forget'] as const;
type Mend = (typeof MENDS)[number];

/** What may help, the likeliest first. Where a file itself is broken, nothing here does. */
const HELPS: Readonly<Partial<Record<ErrorCode, readonly Mend[]>>> = {
  'file.unknown-type': ['type', 'header', 'reading'],
  'file.missing-column': ['columns', 'type', 'header', 'reading'],
  'file.no-header': ['header', 'columns', 'type', 'reading'],
  'file.no-sheet': ['reading', 'type'],
  'file.not-a-table': ['reading'],
  'mapping.invalid': ['forget', 'columns', 'type', 'reading'],
  'file.empty': [],
  'file.encrypted': [],
  'file.compressed': [],
  'file.workbook-damaged': [],
  'file.too-large': [],
  'file.unreadable': [],
  'file.missing': [],
};

/** A file that could not be read: why, and what can be done about it on the spot. */
export function FailedFile({ draft, file, onDraft, onSheet }: FilePartProps) {
  const reading = useReading(draft, file, onDraft);
  const { error, fileNo, type } = file;
  const helps = mendsFor(file);
  const mends: Readonly<Record<Mend, ReactNode>> = {
    type: (
      <MendRow key="type" title={texts.type} hint={texts.typeHint}>
        {RECORD_TYPES.filter((other) => other !== type).map((other) => (
          <Button
            key={other}
            icon={TYPE_ICONS[other]}
            isPending={reading.busy}
            onPress={() => void reading.read({ type: other })}
          >
            {typeHeading(other)}
          </Button>
        ))}
      </MendRow>
    ),
    header:
      file.reading?.header === false ? (
        <MendRow key="header" title={texts.hasHeader}>
          <Button isPending={reading.busy} onPress={() => void reading.read({ header: true })}>
            {fileTexts.reading.headerYes}
          </Button>
        </MendRow>
      ) : (
        <MendRow key="header" title={texts.noHeader} hint={texts.noHeaderHint}>
          <Button isPending={reading.busy} onPress={() => void reading.read({ header: false })}>
            {fileTexts.reading.headerNo}
          </Button>
        </MendRow>
      ),
    columns:
      type === null ? null : (
        <MendRow key="columns" title={texts.columns} hint={texts.columnsHint}>
          <Button icon="columns" onPress={() => onSheet({ kind: 'columns', fileNo })}>
            {fileTexts.actions.columnsLong}
          </Button>
        </MendRow>
      ),
    reading: (
      <MendRow key="reading" title={texts.encoding} hint={texts.encodingHint}>
        <Button icon="file" onPress={() => onSheet({ kind: 'reading', fileNo })}>
          {fileTexts.actions.readingLong}
        </Button>
      </MendRow>
    ),
    forget: (
      <MendRow key="forget" title={texts.forget} hint={texts.forgetHint}>
        <Button isPending={reading.busy} onPress={() => void reading.read({ mapping: null })}>
          {texts.forget}
        </Button>
      </MendRow>
    ),
  };
  return (
    <div className="file-failed">
      <Banner tone="bad" title={error?.message ?? fileTexts.states.failed} urgent>
        {error?.hint}
      </Banner>
      {reading.failure !== null && (
        <Banner tone="warn" title={fileTexts.reading.failed} urgent>
          {reading.failure.message} {reading.failure.hint}
        </Banner>
      )}
      {draft.loading === null && (
        <section className="mends" aria-label={texts.what}>
          <h3>{texts.what}</h3>
          {helps.map((mend) => mends[mend])}
          <MendRow title={texts.remove} hint={texts.removeHint}>
            <Button icon="trash" onPress={() => onSheet({ kind: 'remove', fileNo })}>
              {fileTexts.actions.remove}
            </Button>
          </MendRow>
        </section>
      )}
      {reading.dialog}
    </div>
  );
}

function mendsFor({ error }: DraftFileView): readonly Mend[] {
  return (error === null ? undefined : HELPS[error.code]) ?? ['type', 'columns', 'reading'];
}

function MendRow({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <div className="mend">
      <div>
        <p className="mend-title">{title}</p>
        {hint !== undefined && <p className="soft small">{hint}</p>}
      </div>
      <div className="mend-actions">{children}</div>
    </div>
  );
}
