import type { Suggestion } from './suggest-mapping.ts'

/** The suggestion as a mapping file with its reasons as comments. */
export function writeMapping({ mapping, matched, unsure, missing, doubts, fillDown, isEncodingSure, encoding, rows }: Suggestion, fileName: string): string {
  const open = (key: string) => doubts.find(doubt => doubt.key === key)
  const lines = [
    `# Suggested for ${comment(fileName)} from its headers and its first rows. Look it over, then try: duncan import ${comment(fileName)} --mapping <this file> --dry-run`,
    `type: ${mapping.type}`,
    ...(mapping.records ? ['format: xml', `records: ${mapping.records}`] : []),
    ...(mapping.sheet ? [`sheet: ${quoted(mapping.sheet)}`] : []),
    ...(isEncodingSure ? [] : [`encoding: ${encoding} # other encodings fit too: look at the letters in names`]),
    ...(open('decimal')
      ? [`# decimal: "," # ${comment(open('decimal')?.question ?? '')}`]
      : [`decimal: ${mapping.decimal === 'auto' ? 'auto' : quoted(mapping.decimal)}`]),
    ...(open('dates')
      ? [`# dates: day_first # ${comment(open('dates')?.question ?? '')}`]
      : [`dates: ${Array.isArray(mapping.dates) ? `[${mapping.dates.join(', ')}]` : mapping.dates}`]),
    '',
    'columns:',
    ...matched.map(({ field, column, confidence, samples }) => `  ${field}: ${quoted(column)} # ${Math.round(confidence * 100)}%: ${examples(samples)}`),
    ...missing.map(field => `  # ${field}: # needed, and no column looks like it`),
    ...(Object.keys(mapping.values).length > 0
      ? ['', 'values:', ...Object.entries(mapping.values).map(([field, codes]) => `  ${field}: { ${pairs(codes)} }`)]
      : []),
    ...(fillDown.length > 0
      ? [
          '',
          `${mapping.fill_down.length > 0 ? '' : '# '}fill_down: [${fillDown.join(', ')}] # empty on some rows: if cells were merged there, this repeats the one above`,
        ]
      : []),
    ...(mapping.fill_down.length > 0 && fillDown.length === 0 ? ['', `fill_down: [${mapping.fill_down.join(', ')}]`] : []),
    ...(unsure.length > 0 ? ['', '# Nothing is read from these; add them under columns if they are one of the fields:'] : []),
    ...unsure.map(({ column, maybe, samples }) => `#   ${quoted(column)}${maybe.length > 0 ? `, perhaps ${maybe.join(' or ')}` : ''}: ${examples(samples)}`),
    ...(rows.length === 0 ? ['# The file holds no rows.'] : []),
    ...(mapping.type === 'debtors' ? [] : fullExport),
  ]
  return `${lines.join('\n')}\n`
}

const fullExport = ['', 'full_export: false # true if the file always holds every open invoice: then those that it no longer holds are closed']

const quoted = (text: string): string => JSON.stringify(text)
const pairs = (codes: Record<string, string>): string =>
  Object.entries(codes)
    .map(([name, code]) => `${quoted(name)}: ${code}`)
    .join(', ') // prettier-ignore
const comment = (text: string): string => text.replace(/\p{C}/gu, ' ')
const examples = (samples: string[]): string =>
  samples.length === 0 ? 'empty' : samples.map(text => comment(text.length > 30 ? `${text.slice(0, 30)}…` : text)).join(' | ')
