import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import initialise, {
  type TypstCompiler,
  TypstCompilerBuilder,
  type TypstFontResolver,
  TypstFontResolverBuilder,
} from '@myriaddreamin/typst-ts-web-compiler';
import type { DescribedFile, TypesetAnswer, TypesetRequest } from './typeset-messages.js';

// Started as a thread of its own, from the source as well: it imports no module of the program.
const MAIN = '/main.typ';
const FULL_DIAGNOSTICS = 2;
const REGULAR = 400;

interface FontInfo {
  readonly info: readonly {
    readonly family: string;
    readonly variant?: { readonly style?: string; readonly weight?: number };
    readonly coverage: readonly number[];
  }[];
}

const require = createRequire(import.meta.url);
const wasm = require.resolve('@myriaddreamin/typst-ts-web-compiler/wasm');
await initialise({ module_or_path: readFileSync(wasm) });
const compiler = await openCompiler();
const resolvers = new Map<string, TypstFontResolver>();

parentPort?.on('message', (request: TypesetRequest) => {
  answer(request).then(
    (reply) => parentPort?.postMessage(reply),
    () => parentPort?.postMessage({ kind: 'failed', reason: 'the typesetter broke' }),
  );
});

async function answer(request: TypesetRequest): Promise<TypesetAnswer> {
  return request.kind === 'describe'
    ? { kind: 'described', files: request.paths.map(describe) }
    : typeset(request);
}

/** It reaches no file, no package and no network: only the source, the inputs and the fonts that it is given. */
async function openCompiler(): Promise<TypstCompiler> {
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  return builder.build();
}

function describe(path: string): DescribedFile {
  try {
    const { info }: FontInfo = new TypstFontResolverBuilder().get_font_info(readFileSync(path));
    const faces = info.map(({ family, variant, coverage }) => ({
      family,
      style: variant?.style ?? 'normal',
      weight: variant?.weight ?? REGULAR,
      coverage,
    }));
    return { path, faces };
  } catch {
    return { path, faces: [] };
  }
}

async function typeset({
  source,
  inputs,
  fonts,
}: Extract<TypesetRequest, { kind: 'typeset' }>): Promise<TypesetAnswer> {
  compiler.set_fonts(await resolverOf(fonts));
  compiler.add_source(MAIN, source);
  const made: { result?: Uint8Array; diagnostics?: readonly string[] } = compiler.compile(
    MAIN,
    Object.entries(inputs),
    'pdf',
    FULL_DIAGNOSTICS,
  );
  return made.result === undefined
    ? { kind: 'failed', reason: `letter.typ cannot be set: ${placesOf(made.diagnostics)}` }
    : { kind: 'typeset', pdf: made.result };
}

/** `/main.typ:12:3`: where it went wrong, and not the words, which may be a person's. */
function placesOf(diagnostics: readonly string[] = []): string {
  return diagnostics.map((words) => /^[^ ]*:\d+:\d+/.exec(words)?.[0] ?? '?').join(', ');
}

async function resolverOf(fonts: readonly string[]): Promise<TypstFontResolver> {
  const name = JSON.stringify(fonts);
  const known = resolvers.get(name);
  if (known !== undefined) return known;
  const builder = new TypstFontResolverBuilder();
  for (const path of fonts) builder.add_raw_font(readFileSync(path));
  const resolver = await builder.build();
  resolvers.set(name, resolver);
  return resolver;
}
