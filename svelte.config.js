import { readFileSync } from 'node:fs'
import adapter from '@sveltejs/adapter-static'
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'
import { namingEarlyFiles } from './tools/early-files.js'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: namingEarlyFiles(adapter({ fallback: 'app.html', precompress: true })),
    // The app registers it itself, and takes a new one only when its user says so.
    serviceWorker: { register: false },
    // Reproducible: the same source builds to the same bytes.
    version: { name: process.env['KOTIKAYNTI_BUILD'] ?? version },
    prerender: { crawl: false, entries: ['/sign-in'] },
    // What every screen needs comes with the page: nothing is drawn later for want of a second answer.
    inlineStyleThreshold: 24_000,
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['none'],
        'script-src': ['self', 'wasm-unsafe-eval'],
        'style-src': ['self'],
        // The framework's shell and route announcer carry style attributes.
        'style-src-attr': ['unsafe-inline'],
        'img-src': ['self', 'blob:', 'data:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'manifest-src': ['self'],
        'worker-src': ['self'],
        'form-action': ['self'],
        'base-uri': ['none']
      }
    }
  }
}
