import { fieldGroups } from './fields/index.ts'

/** How searches are written and every field that they can ask for, in English, for `--help`. */
export function queryHelp(): string {
  const lines = fieldGroups.flatMap(({ title, fields }) => [
    '',
    `${title}:`,
    ...fields.map(({ kind, name, help, example }) => `  ${(kind === 'flag' ? name : `${name}:`).padEnd(17)} ${help}${kind === 'flag' ? '' : ` · ${example}`}`),
  ])
  return [
    'How to search:',
    '  acme                       words: part of a name, or a whole number or mail address; "two words" together',
    '  country:BE overdue:>10k    conditions side by side must all hold; country:BE,NL is one of the two',
    '  -dispute                   the opposite; also NOT',
    '  (hold OR bounced)          one of them; also |',
    '  > >= < <= 10..20           for amounts, numbers and days; name:="Acme" is the whole text, number:100* a beginning',
    '  due:2026-11  last_in:-7d   a month, or a day counted from today; last_out:none where there is no value',
    ...lines,
  ].join('\n')
}
