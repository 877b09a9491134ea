"""A member's own page: profile, notifications, linked accounts, all their data; and communities that become one."""

from bot.applications.merges import merge_applications
from bot.community.merges import merge_choices, merge_profiles
from bot.community.profiles import Profiles
from bot.leads.merges import merge_leads
from bot.me.communities import Communities
from bot.me.data import OwnData
from bot.me.footprints import Footprint
from bot.me.linking import Linking
from bot.me.moving import Moving
from bot.platforms.web import footprint as web
from bot.wiring.kit import Kit, Room
from cogs.me import Me
from cogs.me_data import MeData
from cogs.me_links import Community, MeLinks
from cogs.me_words import linked_notice, united_notice

FOOTPRINTS = (Footprint("web", web.names_of, web.export_user, web.forget_user),)
"""Platforms that keep what was said in our own database; the others keep it themselves."""


def wire(kit: Kit) -> Room:
    """Put the room together."""
    kit.merges.extend((merge_profiles, merge_choices, merge_leads, merge_applications))
    profiles = Profiles(kit.database)
    moving = Moving(profiles, kit.directory, kit.moved)
    linking = Linking(kit.database, kit.deliveries, moving, linked_notice, kit.merges, kit.clock)
    communities = Communities(kit.database, kit.deliveries, united_notice, kit.merges, kit.clock)
    data = OwnData(kit.database, kit.directory, FOOTPRINTS, kit.clock)
    return Room(
        cogs=(Me(profiles, moving, kit.teller), MeLinks(linking), MeData(data), Community(communities)),
        hourly=(linking.bring_stragglers,),
    )
