import { Banner } from '../../../components/banner.tsx';
import { digits, gridTexts } from '../../../texts/grid.ts';
import { shownText } from './cell-marks.ts';
import type { Plan, PlanState } from './use-plan.ts';

/** What would be done, before it is done: how many cells, and some of them before and after. */
export function PlanPreview({
  state,
  words,
  none,
}: {
  state: PlanState;
  words: (plan: Plan) => string;
  none: string;
}) {
  return (
    <div className="grid-plan" role="status">
      {state.kind === 'busy' && <p className="soft">{gridTexts.plan.counting}</p>}
      {state.kind === 'failed' && (
        <Banner tone="bad" title={state.failure.message}>
          {state.failure.hint}
        </Banner>
      )}
      {state.kind === 'known' && state.plan.cells === 0 && <p className="soft">{none}</p>}
      {state.kind === 'known' && state.plan.cells > 0 && (
        <>
          <p className="grid-plan-count">{words(state.plan)}</p>
          {state.plan.examples.length > 0 && <Examples plan={state.plan} />}
        </>
      )}
    </div>
  );
}

function Examples({ plan: { examples, cells } }: { plan: Plan }) {
  return (
    <table className="grid-examples">
      <thead>
        <tr>
          <th scope="col">{gridTexts.plan.row}</th>
          <th scope="col">{gridTexts.plan.before}</th>
          <th scope="col">{gridTexts.plan.after}</th>
        </tr>
      </thead>
      <tbody>
        {examples.map(({ row, before, after }) => (
          <tr key={row}>
            <td className="grid-examples-row">{digits(row)}</td>
            <td>{shown(before, 'grid-examples-before')}</td>
            <td>{shown(after, 'grid-examples-after')}</td>
          </tr>
        ))}
        {cells > examples.length && (
          <tr>
            <td />
            <td colSpan={2} className="soft">
              {gridTexts.plan.more(cells - examples.length)}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** Marked, so that spaces at its ends are seen. */
function shown(text: string, className: string) {
  if (text === '') return <i className="soft">{gridTexts.plan.blankCell}</i>;
  return <span className={`grid-examples-text ${className}`}>{shownText(text)}</span>;
}
