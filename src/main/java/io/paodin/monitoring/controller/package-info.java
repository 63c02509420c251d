/** Runs the flow for each resource: gather, model, render, apply, status. Holds no logic of its own. */
package io.paodin.monitoring.controller;
