/** `npm start`: install if needed, build, serve, and say where the demo is. */
import { install, run } from "./setup.mjs";

process.chdir(new URL("..", import.meta.url).pathname);
install();
run("npx", ["vite", "build", "--logLevel", "warn"]);

const { preview } = await import("vite");
const server = await preview({
  preview: { host: "localhost", port: Number(process.env.PORT ?? 4173) },
});
const address = server.resolvedUrls?.local[0];
console.log(`\nFovea is at ${address}?demo (stop with Ctrl+C)\n`);
