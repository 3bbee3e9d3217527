import { renderPage } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import type { ReportFrame, ReportTable, ReportWords } from './report-words.js';

// A page by itself, to be printed or sent on: it loads nothing.
const STYLE = `
@page { size: A4; margin: 20mm }
body { max-width: 42rem; margin: 2.5rem auto; padding: 0 1.25rem; color: #16141b; background: #fff;
  font: 1rem/1.45 Charter, Georgia, "Noto Serif", serif }
header { border-block-end: 3px double; padding-block-end: .75rem }
header p, address, .about { color: #57535f; font-style: normal; white-space: pre-line }
h1 { font-weight: 400; font-size: 1.875rem; line-height: 1.15; margin-block: 1.5rem .5rem }
h2 { font-weight: 400; font-size: 1.25rem; margin-block: 1.75rem .5rem; break-after: avoid }
.total { font-size: 1.5rem; margin-block: 1.25rem }
table { width: 100%; border-collapse: collapse; break-inside: avoid }
td, th { padding: .375rem .75rem .375rem 0; border-block-end: 1px solid #d8d5dd; text-align: start; font-weight: 400;
  vertical-align: top }
thead th { color: #57535f }
td:last-child, thead th:last-child { width: 10rem; padding-inline-end: 0; text-align: end;
  font-variant-numeric: tabular-nums }
.method { font-size: .9375rem; color: #333 }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt } }
`;

/** The report as a page for the office, whole in itself. */
export function renderReportPage(words: ReportWords, frame: ReportFrame): string {
  const { language, organisation } = frame;
  return renderPage(
    <html lang={language.tag} dir={language.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{words.title}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <header>
          <strong dir="auto">{organisation.name}</strong>
          <address dir="auto">{organisation.postalAddress}</address>
        </header>
        <main>
          <h1 dir="auto">{words.title}</h1>
          <p class="about" dir="auto">
            {words.about}
          </p>
          <p class="total">{words.total}</p>
          {words.tables.map((table, index) => (
            <Table key={`${index} ${table.title}`} language={language} table={table} />
          ))}
          <section class="method">
            <h2>{words.method.title}</h2>
            {words.method.paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        </main>
      </body>
    </html>,
  );
}

function Table({ language, table }: { language: Language; table: ReportTable }) {
  return (
    <section>
      <h2>{table.title}</h2>
      <table>
        <thead>
          <tr>
            {table.column === undefined ? <td /> : <th scope="col">{table.column}</th>}
            <th scope="col">{language.t('delivery.report.letters')}</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ name, count }) => (
            <tr key={name}>
              <th scope="row" dir="auto">
                {name}
              </th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {table.remark !== undefined && <p>{table.remark}</p>}
    </section>
  );
}
