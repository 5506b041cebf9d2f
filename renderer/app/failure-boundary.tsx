import { Component, type ReactNode } from 'react';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import { shellTexts } from '../texts/shell.ts';

/** Keeps a screen that breaks from taking the whole page with it. (React knows no other way than a class.) */
export class FailureBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const { title, text, reload } = shellTexts.failure;
    return (
      <div className="screen">
        <Banner
          tone="bad"
          title={title}
          urgent
          actions={<Button onPress={() => window.location.reload()}>{reload}</Button>}
        >
          {text}
        </Banner>
      </div>
    );
  }
}
