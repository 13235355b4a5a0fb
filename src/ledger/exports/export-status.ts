import type { DbClient } from '#platform'
import { type DeliveredFile, deliveredFileSchema } from './deliver-files.ts'

export type ExportStatus = {
  name: string
  run: number
  status: 'running' | 'written' | 'done' | 'failed'
  startedAt: string
  finishedAt: string | null
  files: DeliveredFile[]
  error: string | null
}

/** The newest run of each export that ever ran, by name. Moments are ISO, in UTC. */
export async function exportStatus(client: DbClient): Promise<ExportStatus[]> {
  const newest = await client.exportRun.findMany({ distinct: ['name'], orderBy: [{ name: 'asc' }, { id: 'desc' }] })
  return newest.map(({ id, name, status, startedAt, finishedAt, files, error }) => ({
    name: name ?? '',
    run: id,
    status: status as ExportStatus['status'],
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    files: deliveredFileSchema.array().parse(files),
    error,
  }))
}
