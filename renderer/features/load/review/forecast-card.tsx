import type { Forecast } from '../../../../shared/contract/draft-review.ts';
import { Banner } from '../../../components/banner.tsx';
import { reviewTexts } from '../../../texts/review.ts';

const texts = reviewTexts.forecast;

/** What embedding the new and changed books would take: in texts, tokens, dollars and minutes. */
export function ForecastCard({ forecast, isOff }: { forecast: Forecast | null; isOff: boolean }) {
  return (
    <section className="review-forecast" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <p>{isOff && forecast !== null ? texts.off : sentencesOf(forecast)}</p>
      {forecast?.overLimit === true && !isOff && (
        <Banner tone="warn" title={texts.overTitle}>
          {texts.overText}
        </Banner>
      )}
    </section>
  );
}

function sentencesOf(forecast: Forecast | null): string {
  if (forecast === null || forecast.texts === 0) return texts.nothing;
  const { approximate, tokens, usd, seconds, model } = forecast;
  const cost = approximate ? texts.approximate(seconds) : texts.paid(tokens, usd, seconds, model);
  return `${texts.texts(forecast.texts)} ${cost}`;
}
