import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { overlayTexts } from '../texts/overlays.ts';
import { Button } from './button.tsx';

/**
 * A sheet from the right edge, for work that needs more room than a dialog: its heading and its buttons stay in
 * sight while what is between them scrolls. Focus stays in it and goes back afterwards, Escape leaves it.
 */
export function Drawer({
  title,
  lead,
  isOpen,
  onClose,
  wide = false,
  children,
  actions,
}: {
  title: string;
  lead?: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
  /** The last one is the one that goes on. */
  actions: ReactNode;
}) {
  return (
    <ModalOverlay
      className="drawer-backdrop"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={wide ? 'drawer drawer-wide' : 'drawer'}>
        <AriaDialog className="drawer-dialog">
          <header className="drawer-heading">
            <div>
              <Heading slot="title" level={2}>
                {title}
              </Heading>
              {lead !== undefined && <div className="soft">{lead}</div>}
            </div>
            <Button look="quiet" icon="cross" aria-label={overlayTexts.close} onPress={onClose} />
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long content is scrolled with the keyboard */}
          <section className="drawer-body" tabIndex={0} aria-label={title}>
            {children}
          </section>
          <div className="drawer-actions">{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
