import { type RunFilter, runFilters } from './view-models/run-filter.ts';

/** What of the console is looked at. */
export interface Place extends RunFilter {
  tab?: string;
  /** of the runs that are listed */
  filter?: string;
  /** id of the run whose details are open */
  run?: string;
}

/** Where the console keeps what is looked at, so that it can be linked to, and gone back from. */
export interface ConsolePlace {
  now(): Place;
  go(place: Place): void;
  /** Calls back when somebody went back, or opened a link; the answer stops that. */
  onMove(listener: () => void): () => void;
}

const names = ['tab', 'filter', 'run', ...runFilters] as const;

/** In the address of the page: `#tab=dead&run=01J9…`. */
export function pagePlace(page: Window): ConsolePlace {
  return {
    now: () => placeIn(page.location.hash),
    go(place) {
      const { location, history } = page;
      const hash = hashOf(place);
      // the same place is one step back, however often it is shown
      const before = placeIn(location.hash);
      if (hash === hashOf(before)) return;
      // each letter of a search is no step back of its own
      const isTyped = hashOf({ ...place, search: '' }) === hashOf({ ...before, search: '' }) && before.search && place.search;
      history[isTyped ? 'replaceState' : 'pushState'](null, '', `${location.pathname}${location.search}${hash}`);
    },
    onMove(listener) {
      for (const event of ['popstate', 'hashchange']) page.addEventListener(event, listener);
      return () => {
        for (const event of ['popstate', 'hashchange']) page.removeEventListener(event, listener);
      };
    },
  };
}

export function placeIn(hash: string): Place {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  return Object.fromEntries(names.flatMap((name) => (said.get(name) ? [[name, said.get(name)!]] : [])));
}

export function hashOf(place: Place): string {
  const said = new URLSearchParams(names.flatMap((name) => (place[name] ? [[name, place[name]]] : []))).toString();
  return said === '' ? '' : `#${said}`;
}
