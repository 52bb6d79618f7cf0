import { existsSync } from 'node:fs'
import { run } from './run.js'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
]

const isThere = () => places.some((path) => existsSync(path))

/** The journeys need a real Chromium; on Debian it is installed, elsewhere asked for. */
export async function ensureChromium() {
  if (isThere()) return
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(`The browser tests need Chromium or Chrome at one of: ${places.join(', ')}`)
  }
  console.log('Installing Chromium (a minute or two) …')
  const update = await run('apt-get', ['update'], { quiet: true })
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    quiet: true
  })
  if (!isThere()) {
    throw new Error(`Chromium could not be installed:\n${update.output}${install.output}`.trim())
  }
}
