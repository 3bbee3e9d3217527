import type { VNode } from 'preact';
import { ListPage, WordsPage } from '../../src/actions/place/list-page.js';
import { MapPage } from '../../src/actions/place/map-panel.js';
import { AnswerPage, WhoPage } from '../../src/browse/who-page.js';
import type { Language } from '../../src/language/index.js';
import { districtMap, people, reference, seats, site } from './gallery-fixtures.js';
import { panelOf } from './gallery-steps.js';

/** The steps of an alert that has a list of its own, and the map. */
export function listSteps(language: Language): Record<string, VNode> {
  const common = { language, site, alert: reference };
  const words = { language, problems: [], action: '/x', words: '', choose: true };
  const list = {
    language,
    problems: [{ field: 'to', key: 'actions.error.officeholders_missing' as const }],
    action: '/x',
    place: 'Lindhaven',
    back: '/x',
    people,
    found: 2,
    all: 174,
    maximum: 25,
    search: { text: 'Ve', party: '' },
    parties: ['Coast Party', 'List of the Vale'],
  };
  const map = {
    language,
    action: '/x',
    map: districtMap,
    links: [{ name: 'Outer Skerries', href: '/x' }],
    takesPosition: true,
    back: '/x',
  };
  return {
    words: <WordsPage {...common} panel={words} />,
    list: <ListPage {...common} panel={list} />,
    map: <MapPage {...common} panel={map} />,
  };
}

/** Who represents whom, outside of any alert. */
export function browsePages(language: Language): Record<string, VNode> {
  const common = { language, site };
  const set = { name: 'Parliament of Lindmark', href: '/who/lindmark' };
  const answer = {
    set,
    seats,
    candidates: [{ links: [{ name: 'Upper Vale', href: '/who/x' }], people: ['Ida Brandt'] }],
    warnings: ['legislatures.warning.off_shore' as const],
  };
  return {
    who: <WhoPage {...common} panel={panelOf(language, { districts: [] })} takesPosition sets={[set]} />,
    'who-answer': <AnswerPage {...common} place="4021" answers={[answer]} />,
  };
}
