import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of all files in a folder; none where there is no such folder. */
async function bytesIn(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = found.filter((one) => one.isFile())
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size)
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** What pages have stored in a closed browser's profile: databases and files of their own, not the app's scripts. */
export async function storedBytes(profile: string): Promise<number> {
  const places = ['IndexedDB', 'File System', 'Local Storage']
  const sizes = await Promise.all(places.map((place) => bytesIn(join(profile, 'Default', place))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The most memory that the profile's largest page process has ever held, in bytes, as Linux counts it (VmHWM). */
export async function peakMemory(profile: string): Promise<number> {
  let peak = 0
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (!line.includes('--type=renderer') || !line.includes(profile)) continue
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
    const kilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0)
    peak = Math.max(peak, kilobytes * 1024)
  }
  if (peak === 0) throw new Error('no page process was found')
  return peak
}
