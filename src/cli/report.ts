import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { workFigures } from '#chat'
import { draftLanguage, draftLanguages } from '#drafting'
import { administrationsKind } from '#ledger'
import { findStaff, fullSight, type Staff, sightOf } from '#people'
import { type Blobs, type DbClient, DuncanError, platformConfig, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { readLogos, reportForms, reportKeys, reportsKind, writeReport } from '#reports'
import { pointAt, problemText } from '#search'
import { createSettings } from '#settings'
import { withDatabase } from './with-database.ts'

type Options = { out: string; filter: string; as?: string; language: string; top?: string }

export function reportCommand(): Command {
  return new Command('report')
    .argument('<report>', reportKeys.join(', '))
    .requiredOption('--out <file>', 'where it goes; its ending says the form: .xlsx or .pdf')
    .option('--filter <search>', 'only of the debtors that a search fits; `duncan find --help` lists its fields', '')
    .option('--as <who>', '@name, as in the settings: only what this colleague may see')
    .addOption(new Option('--language <code>', 'of titles and numbers').choices([...draftLanguages]).default('en'))
    .option('--top <number>', 'how many a list of the largest holds')
    .action((report: string, options: Options) => withDatabase(({ client }) => write(client, report, options)))
}

async function write(client: DbClient, report: string, { out, filter, as: who, language, top }: Options): Promise<void> {
  const form = reportForms.find(each => out.toLowerCase().endsWith(`.${each}`))
  const key = reportKeys.find(each => each === report.replaceAll('-', '_'))
  if (!key) throw new DuncanError('report.unknown', `There is no report ${report}.`, `There are ${reportKeys.join(', ')}.`)
  if (!form) throw new DuncanError('report.form', `${out} ends neither in .xlsx nor in .pdf.`, 'Name the file by the form that it is to have.')
  const staff = who === undefined ? undefined : await findStaff(client, who)
  if (who !== undefined && !staff) throw new DuncanError('export.unknown_staff', `Nobody is called ${who}.`, '`duncan staff list` shows everyone.')
  const timeZone = readConfig(platformConfig, readEnvironment()).DUNCAN_TIME_ZONE
  const settings = createSettings({ client, kinds: [administrationsKind, reportsKind] })
  const written = await writeReport(
    { database: { client }, clock: systemClock, log: silentLog, blobs: { put: intoFile(out) }, logos: () => readLogos(settings) },
    { report: key, filter, top: /^[1-9]\d{0,3}$/.test(top ?? '') ? Number(top) : undefined },
    { sight: staff ? sightOf(staff) : fullSight, language: draftLanguage(language), timeZone, work: () => workOf(client, timeZone, staff) },
    form,
  )
  if (written.kind === 'problem') {
    console.error(`${pointAt(filter, written.problem)}\n${problemText(written.problem)}`)
    process.exitCode = 64
    return
  }
  console.log(`${out}: ${written.result.rows} rows of ${key}`)
}

/** The file in the place of the blob store. */
const intoFile =
  (file: string): Blobs['put'] =>
  async content => {
    const sink = createWriteStream(file)
    await pipeline(content instanceof Buffer ? [content] : content, sink)
    return { hash: '', size: sink.bytesWritten }
  }

async function workOf(client: DbClient, timeZone: string, staff: Staff | undefined): Promise<(string | null)[][]> {
  if (staff) return workFigures({ client, clock: systemClock, timeZone }, staff)
  throw new DuncanError('report.as', 'Action lists are those that somebody may see.', 'Say whose, with --as @name.')
}
