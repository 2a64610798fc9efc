<?php
// A router for PHP's built-in server: what Debian's Apache configuration
// serves, and nothing else.
$root = '/var/lib/roundcube/public_html';
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$served = '~^/(skins|plugins|program/(js|resources))/~';
if ($path === '/favicon.ico') {
    http_response_code(204);
    return true;
}
if (
    preg_match($served, $path)
    && !str_contains($path, '..')
    && !str_ends_with($path, '.php')
    && is_file($root . $path)
) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $root . '/index.php';
chdir($root);
require $root . '/index.php';
