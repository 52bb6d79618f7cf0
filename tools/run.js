import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The pinned Node and the installed tools come before whatever the machine has. */
const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
  NO_COLOR: '1',
  // The server's TypeScript is read once and not at each of the hundreds of starts that tests make.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'kotikaynti', 'compiled')
}

/**
 * Runs a command in the project's folder. With `quiet` its output is handed back instead of shown; `tell` hears
 * each line of it as it comes.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string>, tell?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string, seconds: number }>}
 */
export function run(command, args, { quiet = false, env = {}, tell } = {}) {
  const started = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit']
    })
    let output = ''
    let told = 0
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString()
      for (let end = output.indexOf('\n', told); end >= 0; end = output.indexOf('\n', told)) {
        tell?.(output.slice(told, end))
        told = end + 1
      }
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    /** @param {number} code */
    const end = (code) => {
      resolve({ code, output, seconds: (performance.now() - started) / 1000 })
    }
    child.on('error', (error) => {
      output += error.message
      end(127)
    })
    child.on('close', (code) => {
      end(code ?? 1)
    })
  })
}
