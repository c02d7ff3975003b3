import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { generatedFiles } from "./generatedFiles";

void generatedFiles().then((files) => {
  for (const { path, content } of files) {
    // A file that stays as it is needs no new build.
    if (existsSync(path) && readFileSync(path, "utf8") === content) continue;
    writeFileSync(path, content);
  }
});
