import { RECORD_TYPES } from '../../../shared/records/types.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { LandingHeading } from '../../components/landing-heading.tsx';
import { Select } from '../../components/select.tsx';
import { fileTexts } from '../../texts/load-file.ts';
import { typeHeading } from '../../texts/records.ts';
import { DateQuestion } from './date-question.tsx';
import { FailedFile } from './failed-file.tsx';
import { offers } from './file-offers.ts';
import type { FilePartProps } from './file-props.ts';
import { DraftGrid } from './grid/draft-grid.tsx';
import { useReading } from './use-reading.tsx';

const texts = fileTexts;

/** Everything about the chosen file: what it holds, what is to be asked about it, and its rows. */
export function FileWork({ draft, file, onDraft, onSheet }: FilePartProps) {
  const question = file.state === 'checked' ? file.dateOrders[0] : undefined;
  const { fileNo } = file;
  return (
    <section className="file-work" aria-label={texts.work(file.name)}>
      {/* Keyed: what was refused of one file says nothing of another. The table keeps files apart by itself. */}
      <FileHead key={`head ${fileNo}`} draft={draft} file={file} onDraft={onDraft} onSheet={onSheet} />
      {question !== undefined && draft.loading === null && (
        <DateQuestion
          key={`question ${fileNo} ${question.column}`}
          draft={draft}
          file={file}
          question={question}
          onDraft={onDraft}
        />
      )}
      {file.state === 'failed' ? (
        <FailedFile key={`failed ${fileNo}`} draft={draft} file={file} onDraft={onDraft} onSheet={onSheet} />
      ) : file.state === 'opening' ? (
        <div className="file-opening">
          <p>{texts.openingTitle}</p>
          <p className="soft">{texts.openingText}</p>
        </div>
      ) : (
        <DraftGrid draft={draft} fileNo={fileNo} onDraft={onDraft} />
      )}
    </section>
  );
}

function FileHead({ draft, file, onDraft, onSheet }: FilePartProps) {
  const reading = useReading(draft, file, onDraft);
  const { fileNo, name, type, state, damage, remembered, rulesApplied } = file;
  const locked = draft.loading !== null;
  const changed = rulesApplied.reduce((all, { cells }) => all + cells, 0);
  return (
    <div className="file-head">
      <LandingHeading level={2} className="file-head-name">
        {name}
      </LandingHeading>
      {state !== 'opening' && (
        <Select
          label={texts.chooseType}
          hidesLabel
          value={type}
          placeholder={texts.whatIsIt}
          groups={[
            { title: null, options: RECORD_TYPES.map((one) => ({ value: one, words: typeHeading(one) })) },
          ]}
          isDisabled={locked || reading.busy}
          onChange={(chosen) => {
            if (chosen !== type) void reading.read({ type: chosen });
          }}
        />
      )}
      <div className="file-head-actions">
        {offers(file, 'columns') && !locked && (
          <Button onPress={() => onSheet({ kind: 'columns', fileNo })}>{texts.actions.columns}</Button>
        )}
        {offers(file, 'reading') && !locked && (
          <Button onPress={() => onSheet({ kind: 'reading', fileNo })}>{texts.actions.reading}</Button>
        )}
        {damage > 0 && (
          <Button icon="doctor" onPress={() => onSheet({ kind: 'doctor', fileNo })}>
            {texts.actions.doctor} <span className="count-badge">{damage}</span>
          </Button>
        )}
      </div>
      {(remembered || rulesApplied.length > 0) && (
        <div className="file-remarks">
          {remembered && (
            <button
              type="button"
              className="tag tag-press"
              title={texts.rememberedHint}
              onClick={() => onSheet({ kind: 'columns', fileNo })}
            >
              <Icon name="check" /> {texts.remembered}
            </button>
          )}
          {rulesApplied.length > 0 && (
            <button
              type="button"
              className="tag tag-press"
              onClick={() => onSheet({ kind: 'applied', fileNo })}
            >
              <Icon name="learn" /> {texts.rules.tag(changed)}
            </button>
          )}
        </div>
      )}
      {reading.dialog}
    </div>
  );
}
