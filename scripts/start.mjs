// Until there is an editor, starting Inlay shows the headless sample.
await import("./sample.mjs");
