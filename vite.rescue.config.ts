import { defineConfig } from 'vite'

/** The rescue page's one script: a build of its own, so that it shares no file with the app. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'build',
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: 'src/rescue/main.ts',
      output: { entryFileNames: 'rescue.js', codeSplitting: false }
    }
  }
})
