import type { FastifyRequest } from 'fastify';
import type { AddressDesk } from '../actions/index.js';
import type { Context } from '../context.js';
import type { ViewSite } from '../design/index.js';
import { type Language, language, languageTags } from '../language/index.js';
import type { Legislatures } from '../legislatures/index.js';

/** What the routes of this room are given. */
export interface BrowseServices {
  readonly context: Context;
  readonly organisation: { readonly organisationId: number; readonly language: string };
  readonly legislatures: Legislatures;
  /** Looks street addresses up, where the operator configured who does. */
  readonly addresses: AddressDesk | undefined;
  readonly site: ViewSite;
}

export interface BrowseRoute {
  Params: { set: string; '*': string };
  Querystring: { language?: string };
  Body: unknown;
}

/** The language asked for in the query where there is a catalogue of it, else the organisation's. */
export function chooseLanguage(services: BrowseServices, { query }: FastifyRequest<BrowseRoute>): Language {
  const asked = query.language;
  const known = asked !== undefined && languageTags.includes(asked);
  return language(known ? asked : services.organisation.language);
}
