"""Word files that are web pages or plain XML inside: HTML, MHT, Word 2003 XML and flat OPC."""
