import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What the operator types, as a process of its own: how it left, and every line that it printed. */
export async function operate(
  args: readonly string[],
  env: Readonly<Record<string, string>>
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['server/operator.ts', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}
