"""``python -m zhibao.cli`` is the command ``zhibao``."""

from zhibao.cli.main import main

main(prog_name="zhibao")
