// A service for measurements, in a process of its own: `node remote-service.mjs` prints its port.
// A job of the model `bench/<ms>` is complete that many milliseconds after it was accepted; 0 never.
import { createServer } from "node:http";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const jobs = new Map();
let polls = 0;

const server = createServer((request, response) => {
  request.resume();
  const [, , kind, id = "", call = ""] = request.url.split("?")[0].split("/");
  if (kind === "models") {
    const requestId = `job-${jobs.size}`;
    jobs.set(requestId, { accepted: Date.now(), ms: Number(call) });
    return answer({ request_id: requestId });
  }
  if (request.url === "/polls") return answer({ polls });
  if (kind !== "requests") return response.end(png);
  polls += 1;
  const { accepted, ms } = jobs.get(id);
  const isComplete = ms > 0 && Date.now() - accepted >= ms;
  const output = { image: `http://${request.headers.host}/out.png` };
  const status = isComplete ? "completed" : "in_progress";
  return answer({ request_id: id, status, ...(isComplete && call === "result" && { output }) });

  function answer(body) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
