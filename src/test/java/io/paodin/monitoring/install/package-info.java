/** The manifest that installs the operator: how it is made of what the build yields, and what must be true of it. */
package io.paodin.monitoring.install;
