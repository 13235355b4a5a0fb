import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Command } from 'commander'
import { connectDatabase, createBlobs, platformConfig, readConfig, readEnvironment, recordAudit, systemClock } from '#platform'
import { findPerson } from './contact-export/find-person.ts'
import { gather, type PersonalData } from './contact-export/gather.ts'
import { notCovered } from './contact-export/page.ts'
import { writePersonFiles } from './contact-export/write-files.ts'
import { zipFolder } from './contact-export/zip-folder.ts'

export function contactCommand(): Command {
  const command = new Command('contact').description('what is held on one contact')
  command
    .command('export')
    .description('write everything held on one person: records, mails with attachments, readings, decisions, chat posts, audit entries')
    .argument('<address or id>', 'a mail address, or the id of a contact')
    .option('--out <folder or file.zip>', 'where it goes; by default a new folder here')
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', `\nNot covered:\n${notCovered.map(each => `  - ${each}`).join('\n')}\n\nThe export is recorded in the audit trail.`)
    .action(exportContact)
  return command
}

async function exportContact(asked: string, { out, json = false }: { out?: string; json?: boolean }): Promise<void> {
  const config = readConfig(platformConfig, readEnvironment())
  const database = await connectDatabase(config)
  try {
    const { client } = database
    const person = await findPerson(client, asked)
    const data = await gather(client, person)
    const takenAt = systemClock.now().toString({ smallestUnit: 'second' })
    const target = resolve(out ?? `contact-${person.contactIds[0] ?? 'none'}-${takenAt.replaceAll(/[-:]/g, '')}`)
    const blobs = createBlobs(join(config.DUNCAN_DATA_DIR, 'blobs'))
    const missing = await write(target, folder => writePersonFiles(blobs, folder, data, takenAt))
    const counts = { ...countsOf(data), filesMissing: missing }
    await client.$transaction(tx =>
      recordAudit(tx, {
        actor: 'cli',
        event: 'contact.exported',
        subject: `contact:${person.contactIds[0] ?? 'none'}`,
        detail: { contacts: person.contactIds, counts },
        content: { addresses: person.addresses },
      }),
    )
    if (json) return console.log(JSON.stringify({ out: target, counts, notCovered }))
    const found = Object.entries(counts).filter(([, count]) => count > 0)
    console.log(
      `${target}\n${found.map(([name, count]) => `  ${name}: ${count}`).join('\n') || '  Nothing is held.'}\nNot covered:\n${notCovered.map(each => `  - ${each}`).join('\n')}`,
    )
  } finally {
    await database.close()
  }
}

/** Into the folder, or by way of a private one beside it into the zip file. Returns how many files are not stored any more. */
async function write(target: string, files: (folder: string) => ReturnType<typeof writePersonFiles>): Promise<number> {
  const count = ({ missing }: Awaited<ReturnType<typeof files>>) => [...missing.values()].flat().length
  if (!target.toLowerCase().endsWith('.zip')) return count(await files(target))
  const folder = await mkdtemp(join(dirname(target), '.contact-'))
  try {
    const written = await files(folder)
    await zipFolder(folder, target)
    return count(written)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const countsOf = (data: PersonalData): Record<string, number> =>
  Object.fromEntries(Object.entries(data).flatMap(([name, list]) => (Array.isArray(list) ? [[name, list.length]] : [])))
