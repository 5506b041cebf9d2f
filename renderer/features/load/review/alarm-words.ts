import type { Alarm, Review } from '../../../../shared/contract/draft-review.ts';
import { reviewTexts } from '../../../texts/review.ts';

/** What an alarm says; of which file, where there are several. */
export function alarmWords({ files }: Review, { fileNo, message }: Alarm): string {
  const file = files.length > 1 ? files.find((one) => one.fileNo === fileNo) : undefined;
  return file === undefined ? message : reviewTexts.alarmOf(file.name, message);
}
