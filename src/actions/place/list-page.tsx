import { ListPanel, type ListPanelProps, WordsPanel } from './list-panel.js';
import { StepPage, type StepPageProps } from './place-page.js';

/** The first step of an alert with a list of its own. */
export function WordsPage({ panel, ...frame }: StepPageProps & { panel: Parameters<typeof WordsPanel>[0] }) {
  return (
    <StepPage {...frame} title="actions.list.title">
      <WordsPanel {...panel} />
    </StepPage>
  );
}

/** The step between, where the reader chooses from the alert's list. */
export function ListPage({ panel, ...frame }: StepPageProps & { panel: ListPanelProps }) {
  return (
    <StepPage {...frame} title="actions.list.choose_title">
      <ListPanel {...panel} />
    </StepPage>
  );
}
