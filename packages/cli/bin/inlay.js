#!/usr/bin/env node
import "../bundle/inlay.js";
