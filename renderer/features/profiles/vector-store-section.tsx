import { useFormContext } from 'react-hook-form';
import { formTexts } from '../../texts/profile-form.ts';
import { FormChoice, FormText } from './fields.tsx';
import { INDEX_PARAMETERS, type ProfileForm } from './form-values.ts';

const texts = formTexts.vectorStore;
const TYPES = ['faiss', 'pgvector'] as const;
const INDEXES = ['flat', 'ivf', 'hnsw'] as const;
const METRICS = ['l2', 'ip', 'cosine'] as const;

export function VectorStoreSection() {
  const { watch } = useFormContext<ProfileForm>();
  const parameters = INDEX_PARAMETERS[watch('vectorStore.index')];
  return (
    <>
      <FormChoice
        path="vectorStore.type"
        label={texts.type}
        look="rows"
        options={TYPES.map((value) => ({ value, ...texts.types[value] }))}
      />
      {watch('vectorStore.type') === 'faiss' && (
        <FormText path="vectorStore.dataDir" label={texts.dataDir} hint={texts.dataDirHint} mono />
      )}
      <FormChoice
        path="vectorStore.index"
        label={texts.index}
        hint={texts.indexHint}
        options={INDEXES.map((value) => ({ value, words: texts.indexes[value] }))}
      />
      {parameters.length > 0 && (
        <fieldset className="field-group">
          <legend className="label">{texts.parameters}</legend>
          <div className="field-row">
            {parameters.map((name) => (
              <FormText
                key={name}
                path={`vectorStore.parameters.${name}`}
                label={texts.parameterNames[name]}
                hint={texts.parameterHint}
                size="short"
                inputMode="numeric"
              />
            ))}
          </div>
        </fieldset>
      )}
      <FormChoice
        path="vectorStore.metric"
        label={texts.metric}
        options={METRICS.map((value) => ({ value, words: texts.metrics[value] }))}
      />
    </>
  );
}
