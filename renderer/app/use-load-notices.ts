import { useEffect } from 'react';
import { useContract } from '../lib/contract-context.tsx';
import { usePage } from '../lib/page-context.tsx';
import { withClockTimes } from '../texts/amounts.ts';
import { loadNoticeTexts as texts } from '../texts/load-notices.ts';

/** Says in the status bar, on every screen, what a running load waits for and what has gone wrong with it. */
export function useLoadNotices(): void {
  const contract = useContract();
  const { say } = usePage();
  useEffect(() => {
    let last = '';
    const sayOnce = (text: string, tone: 'plain' | 'bad'): void => {
      // It is read aloud, and a service that makes one wait does so again and again.
      if (text !== last) say(text, tone);
      last = text;
    };
    return contract.subscribe('loads.happened', null, {
      onEvent(event) {
        if (event.kind === 'waiting')
          sayOnce(texts.waiting(withClockTimes(event.reason, new Date())), 'plain');
        else if (event.kind === 'problem') sayOnce(texts.problem(event.error.message), 'bad');
        else if (event.kind === 'load-started') last = '';
      },
      onGap() {},
    });
  }, [contract, say]);
}
