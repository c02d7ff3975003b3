const { startPack } = require("@streamlake/policy/pack");
const { rules } = require("@streamlake/policy/rules");

// config/<stack>.json sets levels and settings; exemptions.json lists accepted violations. Add your own
// rules here: resourceRule and stackRule of @streamlake/policy/rules create them.
startPack({ directory: __dirname, rules });
