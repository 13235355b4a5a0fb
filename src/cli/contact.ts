import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Command } from 'commander'
import { connectDatabase, createBlobs, DuncanError, platformConfig, readConfig, readEnvironment, recordAudit, systemClock } from '#platform'
import { findPerson } from './contact-export/find-person.ts'
import { notCovered } from './contact-export/page.ts'
import { type Written, writePersonFiles } from './contact-export/write-files.ts'
import { zipFolder } from './contact-export/zip-folder.ts'

export function contactCommand(): Command {
  const command = new Command('contact')
  command
    .command('export')
    .description('write everything held on one person: records, mails with attachments, readings, decisions, chat posts, audit entries')
    .argument('<address or ids...>', 'a mail address, or the ids of contacts that are one person')
    .option('--out <folder or file.zip>', 'where it goes; by default a new folder here')
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', `\nNot covered:\n${notCovered.map(each => `  - ${each}`).join('\n')}\n\nThe export is recorded in the audit trail.`)
    .action(exportContact)
  return command
}

async function exportContact(asked: string[], { out, json = false }: { out?: string; json?: boolean }): Promise<void> {
  const config = readConfig(platformConfig, readEnvironment())
  const database = await connectDatabase(config)
  try {
    const { client } = database
    const person = await findPerson(client, asked)
    const takenAt = systemClock.now().toString({ smallestUnit: 'second' })
    const target = resolve(out ?? `contact-${person.contactIds[0] ?? 'none'}-${takenAt.replaceAll(/[-:]/g, '')}`)
    const blobs = createBlobs(join(config.DUNCAN_DATA_DIR, 'blobs'))
    const written = await write(target, folder => writePersonFiles({ client, blobs }, folder, person, takenAt))
    const counts = { ...written.counts, filesMissing: written.missing.length }
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

/** Into the folder, or by way of a private one beside it into the zip file. */
async function write(target: string, files: (folder: string) => Promise<Written>): Promise<Written> {
  if (!target.toLowerCase().endsWith('.zip')) return files(target)
  if (existsSync(target)) throw new DuncanError('contact.zip', `${target} stands already.`, 'Name a file that does not exist yet.')
  await mkdir(dirname(target), { recursive: true })
  const folder = await mkdtemp(join(dirname(target), '.contact-'))
  try {
    const written = await files(folder)
    await zipFolder(folder, target)
    return written
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
