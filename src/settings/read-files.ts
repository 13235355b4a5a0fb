import { isUtf8 } from 'node:buffer'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DuncanError, errorText } from '#platform'
import type { SettingsPath } from './kind.ts'
import { type Inside, type Place, parseSettingsFile, type SettingsFault, type SettingsFile } from './settings-file.ts'

/** Settings that somebody wants in force, and where each of them stands. */
export type SettingsSource = {
  /** By kind, as written. */
  sections: Record<string, unknown>
  /** Whether kinds that are absent here end; otherwise they stay as they are. */
  whole: boolean
  /** Where a value stands; undefined for a kind that is not in this source. */
  placeOf: (path: SettingsPath, of?: 'key' | Inside) => Place | undefined
  /** What is wrong with the source itself. */
  faults: SettingsFault[]
}

const largestFile = 5_000_000

/** Reads YAML files, and all of a folder's; a kind may be split over several. Throws `settings.unreadable` for a file that cannot be read. */
export function readSettingsFiles(paths: string[]): SettingsSource {
  return joinSettingsFiles([...new Set(paths.flatMap(filesAt))].map(file => parseSettingsFile(file, readText(file))))
}

/** Several files as one source. An item that stands in two of them is a fault. */
export function joinSettingsFiles(files: SettingsFile[]): SettingsSource {
  const sections: Record<string, unknown> = Object.create(null) as Record<string, unknown> // "constructor" is a name like any other
  const faults = files.flatMap(file => file.faults)
  // Which file holds `kind`, and which `kind.item`.
  const holders = new Map<string, SettingsFile>()
  for (const file of files) {
    for (const [kind, section] of Object.entries(file.sections)) {
      const isFirst = !holders.has(kind)
      if (isFirst) holders.set(kind, file)
      if (!isItems(section)) {
        if (isFirst) sections[kind] = section
        else faults.push(twice(file, [kind], holders.get(kind)))
        continue
      }
      const items = (sections[kind] ??= {})
      if (!isItems(items)) {
        faults.push(twice(file, [kind], holders.get(kind)))
        continue
      }
      for (const [key, item] of Object.entries(section)) {
        const id = JSON.stringify([kind, key])
        const holder = holders.get(id)
        if (holder) faults.push(twice(file, [kind, key], holder))
        else {
          holders.set(id, file)
          items[key] = item
        }
      }
    }
  }
  return {
    sections,
    whole: false,
    faults,
    placeOf: (path, of) => {
      const [kind = '', key] = path
      return (holders.get(JSON.stringify([kind, String(key)])) ?? holders.get(String(kind)))?.placeOf(path, of)
    },
  }
}

function twice(file: SettingsFile, path: SettingsPath, first: SettingsFile | undefined): SettingsFault {
  const other = first?.placeOf(path, 'key')
  return {
    ...file.placeOf(path, 'key'),
    path: path.join('.'),
    message: `stands in two files, first in ${other?.file} line ${other?.line}`,
    remedy: 'Keep one of the two.',
  }
}

const isItems = (section: unknown): section is Record<string, unknown> => typeof section === 'object' && section !== null && !Array.isArray(section)

function filesAt(path: string): string[] {
  if (!stat(path).isDirectory()) return [path]
  const found = globSync('**/*.{yaml,yml}', { cwd: path }).toSorted()
  if (found.length === 0)
    throw new DuncanError('settings.unreadable', `${path} holds no settings: no file of it ends in .yaml.`, 'Name the folder that holds the settings files.')
  return found.map(name => join(path, name))
}

function stat(path: string) {
  try {
    return statSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function readText(file: string): string {
  if (stat(file).size > largestFile)
    throw new DuncanError('settings.unreadable', `${file} is larger than 5 MB.`, 'Settings are a few pages; check that this is the right file.')
  const bytes = readBytes(file)
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw new DuncanError('settings.unreadable', `${file} is not written in UTF-8, so its letters cannot be told.`, 'Save it as UTF-8 in your editor.')
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

const unreadable = (path: string, cause: unknown) =>
  new DuncanError('settings.unreadable', `${path} cannot be read: ${errorText(cause)}`, 'Name a file or folder that exists and that you may read.', { cause })
