"""Renders a job of Tiepoint with Blender's Cycles.

Started by BlenderRenderer as

    blender --background --factory-startup --python render.py -- JOB.json

The job names a scene in glTF, its light and the views to take. Of each view the script writes raw little-endian float32 files into
the job's folder, rows from the top: brightness [H W], depth [H W], normal [H W 3], position [H W 3] and object [H W]. The last three
and the depth are what the ray through each pixel's centre meets first; positions and normals are in the world's frame. What it
did is in done.json, which is written last.
"""

import json
import math
import os
import signal
import sys

SKY_DEPTH = 1e9  # Cycles says 1e10 where there is nothing
CENTRE_FILTER_PX = 0.01  # the narrowest that Cycles has


def main():
    # Ctrl-C is for whoever started this, who stops it or waits for the views.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder, job = read_job()
    import bpy  # not before the job is known to be there

    report = {"blender": bpy.app.version_string}
    problem = prepare(report)
    if problem:
        report["problem"] = problem
    elif job["views"]:
        report["views"] = render_all(bpy, folder, job)
        report["denoised"] = bool(job["denoise"]) and report["denoiser"]
    write_whole(os.path.join(folder, "done.json"), json.dumps(report))


def read_job():
    path = sys.argv[sys.argv.index("--") + 1]
    with open(path, encoding="utf-8") as file:
        return os.path.dirname(os.path.abspath(path)), json.load(file)


def write_whole(path, text):
    with open(path + ".tmp", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".tmp", path)


def prepare(report):
    """Looks for what rendering needs; returns what is missing, or None."""
    import bpy

    if bpy.app.version < (3, 3, 0):
        return "version"
    try:
        import numpy

        report["numpy"] = numpy.__version__
        # Debian's importer of glTF asks for what its NumPy (1.24) no longer has.
        if "bool" not in vars(numpy):
            numpy.bool = bool
    except ImportError:
        return "numpy"
    import addon_utils

    for addon in ("cycles", "io_scene_gltf2"):
        if addon_utils.enable(addon) is None:
            return addon
    bpy.context.scene.render.engine = "CYCLES"
    report["denoiser"] = has_denoiser(bpy.context.scene)
    return None


def has_denoiser(scene):
    """Some builds, such as Debian's, come without Open Image Denoise."""
    try:
        scene.cycles.denoiser = "OPENIMAGEDENOISE"
        return True
    except TypeError:
        return False


def render_all(bpy, folder, job):
    for thing in list(bpy.data.objects):
        bpy.data.objects.remove(thing)
    bpy.ops.import_scene.gltf(filepath=os.path.join(folder, job["gltf"]), import_pack_images=False)
    scene = bpy.context.scene
    outputs = Outputs(bpy, scene, folder)
    surfaces = [Surface(material, folder) for material in bpy.data.materials if "finish" in material]
    light = Light(bpy, scene, folder, job)
    set_up(scene, job)
    cameras = {thing.name: thing for thing in bpy.data.objects if thing.type == "CAMERA"}
    for index, view in enumerate(job["views"]):
        look_through(scene, cameras["view %d" % index])
        hour = job["lights"][view["light"]]
        light.set(hour)
        for surface in surfaces:
            surface.set(hour)
        scene.cycles.seed = view["seed"]
        for_the_picture(scene, job)
        outputs.write(index, ["brightness"])
        for_the_centres(scene)
        outputs.write(index, ["depth", "normal", "position", "object"])
    return len(job["views"])


def set_up(scene, job):
    scene.render.threads_mode = "FIXED"
    scene.render.threads = job["threads"]
    scene.render.use_persistent_data = True
    scene.render.resolution_percentage = 100
    scene.render.use_border = False
    scene.render.film_transparent = False
    scene.render.use_motion_blur = False
    scene.render.use_sequencer = False
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.use_adaptive_sampling = False
    cycles.use_animated_seed = False
    cycles.transparent_max_bounces = 64
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    cycles.pixel_filter_type = "BLACKMAN_HARRIS"


def for_the_picture(scene, job):
    cycles = scene.cycles
    cycles.samples = job["samples"]
    cycles.filter_width = 1.5
    cycles.max_bounces = job["bounces"]
    cycles.sample_clamp_indirect = 2.0
    cycles.use_denoising = bool(job["denoise"]) and has_denoiser(scene)


def for_the_centres(scene):
    cycles = scene.cycles
    cycles.samples = 1
    cycles.filter_width = CENTRE_FILTER_PX
    cycles.max_bounces = 0
    cycles.use_denoising = False


def look_through(scene, camera):
    """Takes the exact lens from the glTF's extras; glTF itself has no principal point."""
    lens = camera.data
    width, height = lens["width"], lens["height"]
    render = scene.render
    render.resolution_x, render.resolution_y = width, height
    # Pixels that are wider than high have the shorter focal length in px across.
    render.pixel_aspect_x = max(1.0, lens["focalY"] / lens["focalX"])
    render.pixel_aspect_y = max(1.0, lens["focalX"] / lens["focalY"])
    lens.sensor_fit = "HORIZONTAL"
    lens.sensor_width = 36.0
    lens.lens_unit = "MILLIMETERS"
    lens.lens = lens.sensor_width * lens["focalX"] / width
    # Shifts are in shares of the sensor's width: where the middle of the image lies from the principal point.
    lens.shift_x = (width / 2 - lens["centreX"]) / width
    lens.shift_y = (lens["centreY"] - height / 2) / width * (lens["focalX"] / lens["focalY"])
    lens.clip_start = lens["near"]
    lens.clip_end = 1e9
    lens.dof.use_dof = False
    scene.camera = camera


class Graph:
    """A node tree that is written rather than drawn."""

    def __init__(self, tree):
        self.tree = tree

    def node(self, kind, inputs=None, **settings):
        node = self.tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(node, name, value)
        for name, value in (inputs or {}).items():
            self.put(node.inputs[name], value)
        return node

    def put(self, socket, value):
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def math(self, operation, *values):
        node = self.node("ShaderNodeMath", operation=operation)
        for socket, value in zip(node.inputs, values):
            self.put(socket, value)
        return node.outputs[0]

    def mix(self, share, zero, one):
        node = self.node("ShaderNodeMixShader")
        self.put(node.inputs[0], share)
        self.tree.links.new(zero, node.inputs[1])
        self.tree.links.new(one, node.inputs[2])
        return node.outputs[0]


class Surface:
    """A material as Tiepoint's own renderer understands it: its finish, its second structure, its back, and haze before it."""

    def __init__(self, material, folder):
        self.material = material
        material.node_tree.nodes.clear()
        graph = Graph(material.node_tree)
        ray = graph.node("ShaderNodeLightPath").outputs["Is Camera Ray"]
        back = graph.node("ShaderNodeNewGeometry").outputs["Backfacing"]
        # Cycles sees both sides of everything. To a camera, what has one side only is not there from behind.
        unseen = graph.math("MULTIPLY", ray, back) if material.use_backface_culling else 0.0
        shader = self.finish(graph, self.albedo(graph, folder))
        shader = self.haze(graph, shader, ray)
        if material.use_backface_culling:
            shader = graph.mix(unseen, shader, graph.node("ShaderNodeBsdfTransparent").outputs[0])
        output = graph.node("ShaderNodeOutputMaterial")
        material.node_tree.links.new(shader, output.inputs["Surface"])
        self.tags(graph, graph.math("SUBTRACT", 1.0, unseen))
        if hasattr(material, "use_transparent_shadow"):
            material.use_transparent_shadow = False
        else:
            material.cycles.use_transparent_shadow = False

    def albedo(self, graph, folder):
        place = graph.node("ShaderNodeUVMap", uv_map="UVMap").outputs[0]
        kept = self.structure(graph, folder, self.material["texture"], self.material["contrast"], place)
        kept = graph.math("MULTIPLY", kept, self.material["tone"])
        if "detail" in self.material:
            ratio = self.material["detailRatio"]
            # glTF's v grows downwards, Blender's upwards.
            place = graph.node(
                "ShaderNodeMapping", {"Vector": place, "Scale": (ratio, ratio, 1.0), "Location": (0.0, 1.0 - ratio, 0.0)}
            ).outputs[0]
            detail = self.structure(graph, folder, self.material["detail"], self.material["detailContrast"], place)
            kept = graph.math("MULTIPLY", kept, detail)
        return graph.math("MINIMUM", kept, 1.0)

    def structure(self, graph, folder, name, contrast, place):
        """What a texture does to a tone: a factor about 1."""
        import bpy

        image = bpy.data.images.load(os.path.join(folder, name), check_existing=True)
        image.colorspace_settings.name = "Non-Color"
        value = graph.node("ShaderNodeTexImage", {"Vector": place}, image=image).outputs["Color"]
        # 0.5 in the picture is no change, 1 is a texture's value of textureRange.
        slope = 2 * self.material["textureRange"] * contrast
        factor = graph.math("MULTIPLY_ADD", value, slope, 1.0 - slope / 2)
        return graph.math("MAXIMUM", factor, 0.03)

    def finish(self, graph, albedo):
        finish = self.material.get("finish", "MATTE")
        if finish == "LAMP":
            return graph.node("ShaderNodeEmission", {"Color": albedo, "Strength": 3.0}).outputs[0]
        matte = graph.node("ShaderNodeBsdfDiffuse", {"Color": albedo}).outputs[0]
        if finish == "FOLIAGE":
            through = graph.node("ShaderNodeBsdfTranslucent", {"Color": albedo}).outputs[0]
            return graph.mix(0.4, matte, through)
        if finish == "GLASS":
            mirror = graph.node("ShaderNodeBsdfGlossy", {"Roughness": 0.02}).outputs[0]
            aslant = graph.node("ShaderNodeLayerWeight", {"Blend": 0.5}).outputs["Facing"]
            share = graph.math("MULTIPLY_ADD", graph.math("POWER", aslant, 3.0), 0.7, 0.12)
            return graph.mix(share, matte, mirror)
        return matte

    def haze(self, graph, shader, ray):
        depth = graph.node("ShaderNodeCameraData").outputs["View Z Depth"]
        self.density = graph.node("ShaderNodeValue").outputs[0]
        clear = graph.math("DIVIDE", 1.0, graph.math("MULTIPLY_ADD", depth, self.density, 1.0))
        lost = graph.math("SUBTRACT", 1.0, graph.math("MULTIPLY", clear, graph.math("SUBTRACT", 2.0, clear)))
        glow = graph.node("ShaderNodeEmission")
        self.brightness = glow.inputs["Strength"]
        return graph.mix(graph.math("MULTIPLY", lost, ray), shader, glow.outputs[0])

    def tags(self, graph, seen):
        # The second texture coordinates are no coordinates: u is the number of the object.
        number = graph.node("ShaderNodeUVMap", uv_map="UVMap.001").outputs[0]
        number = graph.node("ShaderNodeSeparateXYZ", {"Vector": number}).outputs["X"]
        self.tag(graph, {"Value": graph.math("MULTIPLY", number, seen)}, "object")
        geometry = graph.node("ShaderNodeNewGeometry")
        for name, output in (("normal", "True Normal"), ("position", "Position")):
            vector = graph.node("ShaderNodeVectorMath", operation="SCALE")
            graph.put(vector.inputs[0], geometry.outputs[output])
            graph.put(vector.inputs["Scale"], seen)
            self.tag(graph, {"Color": vector.outputs[0]}, name)

    def tag(self, graph, inputs, name):
        node = graph.node("ShaderNodeOutputAOV", inputs)
        # Blender 4 has a property of its own for what was the node's name.
        setattr(node, "aov_name" if hasattr(node, "aov_name") else "name", name)

    def set(self, hour):
        self.density.default_value = hour["hazeDensity"]
        self.brightness.default_value = hour["hazeBrightness"]


class Light:
    """The sun, the sky as Tiepoint paints it, and lamps."""

    def __init__(self, bpy, scene, folder, job):
        self.bpy = bpy
        self.folder = folder
        self.skies = {}
        for thing in [thing for thing in bpy.data.objects if thing.type == "LIGHT"]:
            bpy.data.objects.remove(thing)
        self.sun = self.lamp("sun", "SUN")
        self.sun.data.angle = math.radians(0.53)
        self.sun.rotation_mode = "QUATERNION"
        for index, place in enumerate(job["lamps"]):
            lamp = self.lamp("lamp %d" % index, "POINT")
            lamp.location = place
            lamp.data.shadow_soft_size = 0.06
            # A point light of P watts gives P / (4 pi^2 d^2) to what faces it and returns all light.
            lamp.data.energy = 4 * math.pi**2 * job["lampStrength"]
        scene.world = bpy.data.worlds.new("sky")
        scene.world.use_nodes = True
        scene.world.node_tree.nodes.clear()
        graph = Graph(scene.world.node_tree)
        self.picture = graph.node("ShaderNodeTexEnvironment", projection="EQUIRECTANGULAR")
        camera = graph.node("ShaderNodeLightPath").outputs["Is Camera Ray"]
        seen = graph.node("ShaderNodeBackground", {"Color": self.picture.outputs[0]})
        lights = graph.node("ShaderNodeBackground", {"Color": self.picture.outputs[0]})
        self.strength = lights.inputs["Strength"]
        output = graph.node("ShaderNodeOutputWorld")
        graph.put(output.inputs["Surface"], graph.mix(camera, lights.outputs[0], seen.outputs[0]))

    def lamp(self, name, kind):
        lamp = self.bpy.data.objects.new(name, self.bpy.data.lights.new(name, kind))
        self.bpy.context.scene.collection.objects.link(lamp)
        return lamp

    def set(self, hour):
        from mathutils import Vector

        # A surface that returns all light and faces the sun is as bright as the sun is strong.
        self.sun.data.energy = math.pi * hour["sunStrength"]
        # A sun shines along its negative z.
        self.sun.rotation_quaternion = Vector(hour["towards"]).to_track_quat("Z", "Y")
        self.picture.image = self.sky(hour)
        self.strength.default_value = hour["skyLight"]

    def sky(self, hour):
        import numpy

        name = hour["sky"]
        if name not in self.skies:
            width, height = hour["skyWidth"], hour["skyHeight"]
            grey = numpy.fromfile(os.path.join(self.folder, name), "<f4").reshape(height, width)
            image = self.bpy.data.images.new(name, width, height, alpha=False, float_buffer=True)
            image.colorspace_settings.name = "Non-Color"
            pixels = numpy.ones((height, width, 4), numpy.float32)
            pixels[:, :, :3] = grey[::-1, :, None]
            image.pixels.foreach_set(pixels.ravel())
            image.update()
            self.skies[name] = image
        return self.skies[name]


class Outputs:
    """Renders, and writes passes as raw float32. They pass through files, since Python cannot see them in memory."""

    PASSES = {
        "brightness": ("Image", 1),
        "depth": ("Depth", 1),
        "normal": ("normal", 3),
        "position": ("position", 3),
        "object": ("object", 1),
    }

    def __init__(self, bpy, scene, folder):
        self.bpy = bpy
        self.scene = scene
        self.folder = folder
        layer = scene.view_layers[0]
        layer.use_pass_z = True
        for name, kind in (("normal", "COLOR"), ("position", "COLOR"), ("object", "VALUE")):
            aov = layer.aovs.add()
            aov.name = name
            aov.type = kind
        scene.use_nodes = True
        scene.node_tree.nodes.clear()
        graph = Graph(scene.node_tree)
        self.layers = graph.node("CompositorNodeRLayers")
        self.file = graph.node("CompositorNodeOutputFile", base_path=os.path.join(folder, "exr"))
        composite = graph.node("CompositorNodeComposite")
        graph.put(composite.inputs[0], self.layers.outputs["Image"])
        self.file.format.file_format = "OPEN_EXR"
        self.file.format.color_depth = "32"
        self.file.format.exr_codec = "NONE"

    def write(self, view, names):
        self.file.file_slots.clear()
        for name in names:
            self.file.file_slots.new(name)
            output = self.layers.outputs[self.PASSES[name][0]]
            self.scene.node_tree.links.new(output, self.file.inputs[name])
        self.bpy.ops.render.render(write_still=False)
        for name in names:
            self.convert(view, name)

    def convert(self, view, name):
        import numpy

        path = os.path.join(self.folder, "exr", "%s%04d.exr" % (name, self.scene.frame_current))
        image = self.bpy.data.images.load(path)
        image.colorspace_settings.name = "Non-Color"
        width, height = image.size
        pixels = numpy.empty(width * height * 4, numpy.float32)
        image.pixels.foreach_get(pixels)
        self.bpy.data.images.remove(image)
        os.remove(path)
        kept = pixels.reshape(height, width, 4)[::-1, :, : self.PASSES[name][1]].astype("<f4")
        if name == "depth":
            kept[kept > SKY_DEPTH] = numpy.inf
        kept.tofile(os.path.join(self.folder, "%s-%d.f32" % (name, view)))


main()
