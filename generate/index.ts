import { writeFileSync } from "node:fs";
import { generatedFiles } from "./generatedFiles";

void generatedFiles().then((files) => {
  for (const { path, content } of files) writeFileSync(path, content);
});
