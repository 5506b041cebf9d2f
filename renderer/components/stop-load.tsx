import { useState } from 'react';
import { useContract } from '../lib/contract-context.tsx';
import { failureOf } from '../lib/failure.ts';
import { usePage } from '../lib/page-context.tsx';
import { progressTexts } from '../texts/progress.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

const texts = progressTexts.stop;

/** Stops a load after asking once. `onGone`: it did not run any more. */
export function StopLoad({ loadId, onGone }: { loadId: string; onGone: () => void }) {
  const contract = useContract();
  const { say } = usePage();
  const [asks, setAsks] = useState(false);
  const [stopping, setStopping] = useState(false);

  async function stop(): Promise<void> {
    setAsks(false);
    setStopping(true);
    try {
      const { running } = await contract.request('loads.stop', { loadId });
      if (running) say(texts.stopping);
      else onGone();
    } catch (thrown) {
      const { message, hint } = failureOf(thrown);
      setStopping(false);
      say(`${texts.failed}: ${message} ${hint}`, 'bad');
    }
  }

  return (
    <>
      {stopping ? (
        <span className="load-stopping">{texts.stopping}</span>
      ) : (
        <Button icon="stop" onPress={() => setAsks(true)}>
          {texts.button}
        </Button>
      )}
      <Dialog
        role="alertdialog"
        title={texts.title}
        isOpen={asks}
        onClose={() => setAsks(false)}
        actions={
          <>
            <Button autoFocus onPress={() => setAsks(false)}>
              {texts.goOn}
            </Button>
            <Button look="danger" onPress={() => void stop()}>
              {texts.stop}
            </Button>
          </>
        }
      >
        <p>{texts.text}</p>
      </Dialog>
    </>
  );
}
