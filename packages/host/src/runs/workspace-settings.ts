import type Database from "libsql";
import type { ServiceName } from "../remote.ts";

/** What the owner of a server has chosen for its workspace. It can name nothing that the configuration does not. */
export interface WorkspaceSettings {
  /** Where paid jobs go when a run does not say: the choice, if it can be had, else the first of those that can. */
  service(names: readonly ServiceName[]): ServiceName;
  setService(name: ServiceName): void;
}

/** Settings as rows. */
export function sqlSettings(database: Database.Database): WorkspaceSettings {
  const find = database.prepare("select value from settings where name = ?");
  const save = database.prepare("insert or replace into settings (name, value) values (?, ?)");
  return {
    service(names) {
      const row = find.get("service") as { value: string } | undefined;
      return names.find((name) => name === row?.value) ?? names[0]!;
    },
    setService(name) {
      save.run("service", name);
    },
  };
}
