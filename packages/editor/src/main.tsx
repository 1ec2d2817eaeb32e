import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/fields.css";
import "./theme/canvas.css";
import "./theme/node.css";
import "./theme/app.css";
import "./theme/forced-colors.css";
import "./first-run/first-run.css";

createRoot(document.getElementById("app")!).render(<App />);
